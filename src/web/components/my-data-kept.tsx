import type { VerbCount } from '../../privacy/own-data.ts';
import type { MessageKey, Texts } from '../intl.ts';
import type { MyDataView } from '../my-data-view.ts';

/** Kinds of records in the order in which they are told; others come last, by their own name. */
const KINDS = [
  'learner',
  'identity',
  'identity link',
  'mailbox digest',
  'enrolment',
  'roster',
  'course user',
  'grade',
  'launch',
  'session',
  'content session',
  'content key',
  'document',
  'role',
  'name in statements',
] as const satisfies readonly (MessageKey extends infer Key
  ? Key extends `mydata.kind.${infer Kind}`
    ? Kind
    : never
  : never)[];

/** Verbs that plugins and content name in English only, by the end of their address. */
const VERBS = [
  'viewed',
  'completed',
  'passed',
  'failed',
  'attempted',
  'answered',
  'experienced',
  'progressed',
  'scored',
  'initialized',
  'terminated',
  'interacted',
  'submitted',
] as const;

function verbWords({ verb, display }: VerbCount, texts: Texts): string {
  const named = Object.entries(display).find(([language]) => language.slice(0, 2) === texts.locale);
  const end = verb.split(/[/#:]/).at(-1) ?? verb;
  const known = VERBS.find((each) => each === end);
  return (
    named?.[1] ?? (known === undefined ? (Object.values(display)[0] ?? end) : texts.t(`mydata.verb.${known}`))
  );
}

function Statements({ view }: { view: MyDataView }) {
  const { texts, overview, definition } = view;
  const { t } = texts;
  const date = (instant: string) => texts.date(instant, definition.timezone);
  if (overview.statements === 0) return <p class="empty">{t('mydata.statementsNone')}</p>;
  return (
    <table class="stack">
      <thead>
        <tr>
          <th scope="col">{t('mydata.what')}</th>
          <th scope="col" class="num">
            {t('mydata.howMany')}
          </th>
          <th scope="col">{t('mydata.when')}</th>
        </tr>
      </thead>
      <tbody>
        {overview.verbs.map((each) => (
          <tr key={each.verb}>
            <th scope="row">{verbWords(each, texts)}</th>
            <td class="num" data-label={t('mydata.howMany')}>
              {texts.number(each.count)}
            </td>
            <td data-label={t('mydata.when')}>
              {date(each.first) === date(each.last)
                ? date(each.first)
                : t('mydata.period', { first: date(each.first), last: date(each.last) })}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What is kept: activities by kind and period, and records by kind. */
export function MyDataKept({ view }: { view: MyDataView }) {
  const { texts, overview } = view;
  const { t } = texts;
  const counts = new Map<string, number>();
  for (const { kind } of overview.records) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const strangers = [...counts.keys()].filter((kind) => !KINDS.some((known) => known === kind));
  const told = [
    ...KINDS.map((kind) => [t(`mydata.kind.${kind}`), counts.get(kind)] as const),
    ...strangers.map((kind) => [kind, counts.get(kind)] as const),
  ];
  return (
    <section class="card my-data" aria-labelledby="kept">
      <h2 id="kept">{t('mydata.kept')}</h2>
      <h3>{t('mydata.statements')}</h3>
      <Statements view={view} />
      {overview.more && (
        <p class="note">{t('mydata.statementsMore', { n: overview.statements + overview.naming })}</p>
      )}
      {overview.naming > 0 && <p class="note">{t('mydata.naming', { n: overview.naming })}</p>}
      <h3>{t('mydata.records')}</h3>
      <ul class="plain-list">
        {told.map(([words, count]) =>
          count === undefined ? null : (
            <li key={words}>
              {words} <span class="note">({texts.number(count)})</span>
            </li>
          ),
        )}
      </ul>
    </section>
  );
}
