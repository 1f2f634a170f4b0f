import type { State } from '../../metrics/types.ts';
import { CohortFacts } from '../components/cohort-facts.tsx';
import { EnrolmentHistory } from '../components/enrolment-history.tsx';
import { NextStep } from '../components/next-step.tsx';
import { OwnAttendance } from '../components/own-attendance.tsx';
import { OwnStanding } from '../components/own-standing.tsx';
import { StepList } from '../components/step-list.tsx';
import { TimelineLink } from '../components/timeline-link.tsx';
import { UpcomingList } from '../components/upcoming-list.tsx';
import { renderDocument } from '../layout.tsx';
import { learnerSteps, type Steps } from '../learner-steps.ts';
import { pseudonymCode } from '../pseudonym.ts';
import type { LearnerView } from '../views.ts';

/** Whether the learner looks, or somebody else at the learner. */
function isOwn({ role }: LearnerView): boolean {
  return role === undefined || role === 'learner';
}

/** The learner's state as a sentence: what holds, never a comparison with others. */
function stateSentence(view: LearnerView): string {
  const { texts, definition, row } = view;
  const told: Partial<Record<State, string | null>> = {
    completed: row.completedAt,
    withdrawn: row.endedAt,
    transferred: row.endedAt,
    inactive: row.lastActAt,
    dropped: row.lastActAt,
  };
  const instant = told[row.state] ?? row.since;
  return texts.t(`${isOwn(view) ? 'journey' : 'about'}.${row.state}`, {
    date: texts.date(instant, definition.timezone, 'long'),
  });
}

function heading(view: LearnerView): string {
  const { texts, row } = view;
  if (!isOwn(view))
    return row.name ?? texts.t('learners.pseudonym', { code: pseudonymCode(row.enrolmentId) });
  return row.name === null ? texts.t('journey.helloNobody') : texts.t('journey.hello', { name: row.name });
}

function Progress({ steps, view }: { steps: Steps; view: LearnerView }) {
  const { texts, row, definition } = view;
  const { t } = texts;
  const share = row.progress;
  return (
    <div class="journey-progress">
      {share === null || steps.total === 0 ? (
        <p>{t('journey.noSteps')}</p>
      ) : (
        <>
          <label for="progress">{t(isOwn(view) ? 'journey.progress' : 'about.progress')}</label>
          <progress id="progress" max={1} value={share}>
            {texts.wholePercent(share)}
          </progress>
          <p class="num">
            {t('journey.steps', { done: steps.done, total: steps.total, share: texts.wholePercent(share) })}
          </p>
        </>
      )}
      <p class="quiet">
        {row.lastActAt === null
          ? t('journey.noAct')
          : t('journey.lastAct', { date: texts.date(row.lastActAt, definition.timezone, 'long') })}
      </p>
    </div>
  );
}

/** "Mon parcours": a learner's own page, as an HTML document. */
export function learnerPage(view: LearnerView): string {
  const { texts, definition, row, asOf, final } = view;
  const { t } = texts;
  const steps = learnerSteps(definition, row, { asOf, final });
  const under = !final && row.endedAt === null && row.state !== 'completed';
  return renderDocument({
    texts,
    title: texts.pick(definition.title),
    facts: <CohortFacts definition={definition} asOf={asOf} final={final} texts={texts} />,
    role: view.role,
    asOf: { instant: asOf, zone: definition.timezone, final },
    versions: { definition: 1, cohort: view.cohortVersion },
    languageHref: (lang) => `${view.path}?lang=${lang}`,
    session: view,
    platformOrigin: view.platformOrigin,
    islands: view.islands,
    stylesheets: ['/app/assets/learner.css'],
    narrow: true,
    children: (
      <>
        <section class="journey" aria-labelledby="journey">
          <p class="eyebrow">{t(isOwn(view) ? 'journey.title' : 'about.title')}</p>
          <h2 id="journey">{heading(view)}</h2>
          <p class="lead">{stateSentence(view)}</p>
          <Progress steps={steps} view={view} />
          <TimelineLink view={view} />
        </section>
        {under && <NextStep steps={steps} view={view} />}
        {!final && row.endedAt === null && <UpcomingList steps={steps} view={view} own={isOwn(view)} />}
        <OwnStanding steps={steps} view={view} own={isOwn(view)} />
        <OwnAttendance sessions={view.sessions ?? []} view={view} />
        <StepList steps={steps} view={view} />
        {view.history && <EnrolmentHistory entries={view.history} zone={definition.timezone} texts={texts} />}
      </>
    ),
  });
}
