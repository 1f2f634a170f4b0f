import { agentOfKey } from '../../../xapi/statement/ifi.ts';
import type { HistoryEntry } from '../../progress/enrolment-history.ts';
import type { Texts } from '../intl.ts';

/** What was recorded of somebody's enrolment, in words and in the cohort's zone; the latest last. */
export function EnrolmentHistory({
  entries,
  zone,
  texts,
}: {
  readonly entries: readonly HistoryEntry[];
  readonly zone: string;
  readonly texts: Texts;
}) {
  const { t } = texts;
  const dated = entries.map((entry) => ({ entry, recordedAt: new Date(entry.recordedAt).toISOString() }));
  return (
    <section class="card history" aria-labelledby="history">
      <h2 id="history">{t('history.title')}</h2>
      <p class="quiet">{t('history.hint')}</p>
      {entries.length === 0 && <p>{t('history.none')}</p>}
      <ol class="history-list">
        {dated.map(({ entry, recordedAt }) => (
          <li>
            <p>{sentence(entry, zone, texts)}</p>
            <p class="quiet">
              <time dateTime={recordedAt}>
                {t('history.recorded', { date: texts.dateTime(recordedAt, zone) })}
              </time>
              {' · '}
              {origin(entry, texts)}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}

function sentence(entry: HistoryEntry, zone: string, { t, dateTime, list }: Texts): string {
  const kind = entry.kind === 'enrolled' && entry.assumed ? 'enrolledAssumed' : entry.kind;
  return t(`history.${kind}`, {
    at: entry.at === null ? '' : dateTime(new Date(entry.at).toISOString(), zone),
    reason: entry.reason === null ? '' : t(`history.reason.${entry.reason}`),
    actors: list(entry.actors.map(identifier)),
  });
}

function origin({ source, recordedBy }: HistoryEntry, { t }: Texts): string {
  const word = t(`history.source.${source}`);
  return recordedBy === null || recordedBy === source
    ? word
    : t('history.by', { source: word, by: recordedBy });
}

/** An identifier as people read it; of a digest the beginning. */
function identifier(key: string): string {
  const { account, mbox, mbox_sha1sum, openid } = agentOfKey(key);
  if (account !== undefined) return `${account.name} (${account.homePage})`;
  return mbox?.replace(/^mailto:/, '') ?? openid ?? `${(mbox_sha1sum ?? '').slice(0, 8)}…`;
}
