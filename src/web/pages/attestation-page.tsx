import type { CohortDefinition } from '../../../config/cohort-definition.ts';
import type { LearnerRow } from '../../metrics/types.ts';
import { completionSentences } from '../components/completion-rule.tsx';
import { renderDocument } from '../layout.tsx';
import { ownAttendance, type SessionPart } from '../learner-standing.ts';
import { cohortPath } from '../paths.ts';
import { pseudonymCode } from '../pseudonym.ts';
import type { PageFrame } from '../views.ts';

export interface AttestationView extends PageFrame {
  readonly definition: CohortDefinition;
  readonly cohortVersion: number;
  /** Completed. */
  readonly row: LearnerRow;
  readonly sessions: readonly SessionPart[];
  readonly asOf: string;
  /** Null where the organisation gave none. */
  readonly organisation: string | null;
  /** Path of its image. */
  readonly logo: string | null;
}

/** Planned minutes of required and optional steps that are done, waived ones left out. */
function minutesDone({ units }: CohortDefinition, row: LearnerRow): number {
  return units.reduce((total, { id, plannedMinutes = 0 }) => {
    const fact = row.units.find((each) => each.id === id);
    return fact !== undefined && fact.satisfiedAt !== null && !fact.waived ? total + plannedMinutes : total;
  }, 0);
}

/** The lines of the attestation, as term and value. */
function linesOf(view: AttestationView): readonly (readonly [string, string])[] {
  const { texts, definition, row, sessions } = view;
  const { t } = texts;
  const { timezone, startsOn, endsOn } = definition;
  const date = (value: string) => texts.date(value, timezone, 'long');
  const planned = minutesDone(definition, row);
  const { attended, absent } = ownAttendance(sessions);
  const present = sessions.reduce(
    (total, { counted, status, minutes, slotMinutes }) =>
      counted && status === 'attended' ? total + (minutes ?? slotMinutes) : total,
    0,
  );
  return [
    [t('attestation.course'), `${texts.pick(definition.title)} (${t(`kind.${definition.kind}`)})`],
    [
      t('attestation.period'),
      endsOn === undefined
        ? t('cohort.from', { from: date(startsOn) })
        : t('cohort.period', { from: date(startsOn), to: date(endsOn) }),
    ],
    [t('attestation.completedOn'), row.completedAt === null ? t('value.none') : date(row.completedAt)],
    ...(planned === 0 ? [] : [[t('attestation.planned'), texts.minutes(planned)] as const]),
    ...(attended + absent === 0
      ? []
      : [
          [
            t('attestation.sessions'),
            t('attestation.sessionsOf', {
              attended,
              held: attended + absent,
              duration: texts.minutes(present),
            }),
          ] as const,
        ]),
    [t('attestation.conditions'), completionSentences(definition, texts).join(' ')],
    [
      t('attestation.reference'),
      `${pseudonymCode(row.enrolmentId)}, ${t('attestation.versions', { cohort: view.cohortVersion, definition: 1 })}`,
    ],
  ];
}

/** A learner's attestation of completion, for print, as an HTML document. */
export function attestationPage(view: AttestationView): string {
  const { texts, definition, row, organisation, logo, path } = view;
  const { t } = texts;
  return renderDocument({
    texts,
    title: t('attestation.title'),
    role: view.role,
    languageHref: (lang) => `${path}?lang=${lang}`,
    session: view,
    platformOrigin: view.platformOrigin,
    stylesheets: ['/app/assets/learner.css'],
    narrow: true,
    children: (
      <>
        <p class="attestation-aside">
          <a href={`${cohortPath(view.launchId, definition.id)}?lang=${texts.locale}`}>
            {t('attestation.back')}
          </a>
          {' · '}
          <span class="note">{t('attestation.print')}</span>
        </p>
        <article class="card attestation" aria-labelledby="attests">
          {(logo !== null || organisation !== null) && (
            <div class="attestation-head">
              {organisation !== null && <strong>{organisation}</strong>}
              {logo !== null && <img src={logo} alt={organisation === null ? t('attestation.logo') : ''} />}
            </div>
          )}
          <p id="attests" class="lead">
            {t('attestation.text')}
          </p>
          <dl>
            <dt>{t('attestation.name')}</dt>
            <dd class="who">
              {row.name ?? (
                <>
                  ____________________ <span class="note">{t('attestation.nameHidden')}</span>
                </>
              )}
            </dd>
            {linesOf(view).map(([term, value]) => [
              <dt key={term}>{term}</dt>,
              <dd key={`${term} is`}>{value}</dd>,
            ])}
          </dl>
          <p>
            {t('attestation.issued', { date: texts.date(view.asOf, definition.timezone, 'long') })}
            {organisation !== null && ` ${t('attestation.by', { organisation })}`}
          </p>
          <p class="signature note">{t('attestation.signature')}</p>
          <p class="note">{t('attestation.origin')}</p>
        </article>
      </>
    ),
  });
}
