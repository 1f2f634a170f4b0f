import type { State } from '../../metrics/types.ts';
import { CohortFacts } from '../components/cohort-facts.tsx';
import { CompletionRule } from '../components/completion-rule.tsx';
import { EnrolmentHistory } from '../components/enrolment-history.tsx';
import { NextStep } from '../components/next-step.tsx';
import { StepList } from '../components/step-list.tsx';
import { renderDocument } from '../layout.tsx';
import { learnerSteps, type Steps } from '../learner-steps.ts';
import type { LearnerView } from '../views.ts';

/** The learner's state as a sentence to a person: what holds, never a comparison with others. */
function stateSentence({ texts, definition, row }: LearnerView): string {
  const told: Partial<Record<State, string | null>> = {
    completed: row.completedAt,
    withdrawn: row.endedAt,
    transferred: row.endedAt,
    inactive: row.lastActAt,
    dropped: row.lastActAt,
  };
  const instant = told[row.state] ?? row.since;
  return texts.t(`journey.${row.state}`, { date: texts.date(instant, definition.timezone, 'long') });
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
          <label for="progress">{t('journey.progress')}</label>
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
    narrow: true,
    children: (
      <>
        <section class="journey" aria-labelledby="journey">
          <p class="eyebrow">{t('journey.title')}</p>
          <h2 id="journey">
            {row.name === null ? t('journey.helloNobody') : t('journey.hello', { name: row.name })}
          </h2>
          <p class="lead">{stateSentence(view)}</p>
          <Progress steps={steps} view={view} />
        </section>
        {under && <NextStep steps={steps} view={view} />}
        <StepList steps={steps} view={view} />
        <section class="card" aria-labelledby="completion">
          <h2 id="completion">{t('complete.title')}</h2>
          <CompletionRule definition={definition} texts={texts} />
        </section>
        {view.history && <EnrolmentHistory entries={view.history} zone={definition.timezone} texts={texts} />}
      </>
    ),
  });
}
