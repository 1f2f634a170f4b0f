import type { CohortDefinition } from '../../config/cohort-definition.ts';
import type { Doing, TimelineEntry } from '../progress/timeline-entry.ts';
import type { Texts } from './intl.ts';
import { unitTitle } from './unit-words.ts';

interface Context {
  readonly texts: Texts;
  readonly definition: CohortDefinition;
}

/** One entry of a timeline as a sentence that anybody understands. */
export function timelineWords(entry: TimelineEntry, { texts, definition }: Context): string {
  const { t, days } = texts;
  const titleOf = (id: string) => {
    const unit = definition.units.find((each) => each.id === id);
    return unit === undefined ? id : unitTitle(definition, unit, texts);
  };
  switch (entry.kind) {
    case 'work': {
      const { unit } = entry;
      if (unit === null) return t('timeline.inCourse');
      const title = titleOf(unit);
      return texts.list(entry.doings.map((doing) => doingWords(doing, title, texts)));
    }
    case 'session': {
      const minutes = entry.minutes === null ? '' : texts.minutes(Math.round(entry.minutes));
      return t(`timeline.${entry.status}`, { unit: titleOf(entry.unit), minutes });
    }
    case 'waived':
      return t('timeline.waived', { unit: titleOf(entry.unit), reason: entry.reason ?? t('value.none') });
    case 'satisfied':
    case 'overdue':
      return t(`timeline.${entry.kind}`, { unit: titleOf(entry.unit) });
    case 'silence':
      if (entry.until === null) return t('timeline.silenceNow', { days: days(entry.days) });
      return t('timeline.silence', {
        days: days(entry.days),
        to: texts.date(new Date(entry.until).toISOString(), definition.timezone, 'long'),
      });
    case 'state':
      return stateWords(entry, texts);
    case 'ended':
      return t('timeline.ended', { reason: t(`history.reason.${entry.reason}`) });
    default:
      return t(`timeline.${entry.kind}`);
  }
}

function doingWords({ kind, share }: Doing, unit: string, { t, wholePercent }: Texts): string {
  const words = { unit, share: share === null ? '' : wholePercent(share) };
  if ((kind === 'passed' || kind === 'failed') && share !== null) return t(`timeline.${kind}With`, words);
  if (kind === 'scored' && share === null) return t('timeline.worked', words);
  return t(`timeline.${kind}`, words);
}

function stateWords(
  { state, was, days }: Extract<TimelineEntry, { kind: 'state' }>,
  { t, days: daysOf }: Texts,
): string {
  switch (state) {
    case 'inactive':
    case 'dropped':
      return t(`timeline.${state}`, { days: daysOf(days ?? 0) });
    case 'completed':
      return t('timeline.finished');
    case 'unfinished':
    case 'noShow':
      return t(`timeline.${state}`);
    default:
      if (was === 'completed') return t('timeline.reopened');
      return t(was === 'notStarted' ? 'timeline.started' : 'timeline.returned');
  }
}
