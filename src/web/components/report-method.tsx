import type { MessageKey } from '../intl.ts';
import type { ReportView } from '../report-view.ts';

const WORDS: readonly (readonly [MessageKey, MessageKey])[] = [
  ['states.total', 'define.enrolled'],
  ['state.completed', 'report.completed'],
  ['state.active', 'define.active'],
  ['state.inactive', 'define.inactive'],
  ['state.notStarted', 'define.notStarted'],
  ['state.dropped', 'define.dropped'],
  ['state.unfinished', 'define.unfinished'],
  ['state.withdrawn', 'define.withdrawn'],
  ['state.noShow', 'define.noShow'],
  ['state.transferred', 'define.transferred'],
  ['units.reached', 'define.reached'],
  ['units.satisfied', 'define.satisfied'],
  ['units.median', 'define.medianDays'],
  ['units.leavers', 'define.leavers'],
  ['outcomes.heading', 'define.outcomes'],
  ['survival.heading', 'define.survival'],
  ['report.interval', 'define.interval'],
];

/** How the figures are made, in the words of metrics.md, and how to make them again. */
export function ReportMethod({ view }: { view: ReportView }) {
  const { texts, definition, metrics, fixed, address } = view;
  const { t, days } = texts;
  const { alertAfterDays, dropAfterDays } = definition.dropout;
  const values = { alert: days(alertAfterDays), drop: days(dropAfterDays ?? 0) };
  const meaning = (key: MessageKey) =>
    t(key === 'define.dropped' && dropAfterDays === null ? 'define.droppedNever' : key, values);
  const when = (instant: string) => texts.dateTime(instant, definition.timezone);
  const command = [
    'assidu metrics',
    definition.id,
    `--as-of ${fixed.asOf}`,
    `--known-at ${fixed.knownAt}`,
    '--json',
  ].join(' ');
  return (
    <section class="card report-method" aria-labelledby="method">
      <h2 id="method">{t('report.method')}</h2>
      <p>
        {t('report.versions', {
          definition: metrics.definitionVersion,
          cohort: metrics.cohortVersion,
          id: definition.id,
        })}
      </p>
      <p>{t('report.again', { asOf: when(fixed.asOf), knownAt: when(fixed.knownAt) })}</p>
      <h3>{t('report.words')}</h3>
      <dl class="report-words">
        {WORDS.map(([word, key]) => (
          <div key={word}>
            <dt>{t(word)}</dt>
            <dd>{meaning(key)}</dd>
          </div>
        ))}
      </dl>
      <dl class="report-again">
        <div>
          <dt>{t('report.address')}</dt>
          <dd>
            <a href={new URL(address).pathname + new URL(address).search}>{address}</a>
          </dd>
        </div>
        {fixed.audience === 'inside' && (
          <div>
            <dt>{t('report.command')}</dt>
            <dd>
              <code>{command}</code>
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}
