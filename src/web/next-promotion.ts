import type { CohortDefinition } from '../../config/cohort-definition.ts';
import { freeId } from '../cohorts/new-cohort.ts';
import type { Texts } from './intl.ts';
import { daysBetween, plusDays } from './local-date.ts';

/** What a next promotion is called, and when it begins, until somebody says otherwise: fields of a form. */
export function nextPromotion(
  { title, startsOn, endsOn }: CohortDefinition,
  taken: ReadonlySet<string>,
  texts: Texts,
): Readonly<Record<string, string>> {
  const next = nextStart(startsOn, endsOn);
  const named = (language: string) => counted(title[language] ?? '');
  return {
    'title.fr': named('fr'),
    'title.en': named('en'),
    startsOn: next,
    id: freeId(counted(texts.pick(title)), next, taken),
  };
}

/** "promotion 9" -> "promotion 10" */
function counted(title: string): string {
  return title.replace(/\d+(?=\D*$)/, (number) => String(Number(number) + 1));
}

/** The same day of the week, once the promotion before has ended; without an end, a year later. */
function nextStart(startsOn: string, endsOn: string | undefined): string {
  const length = endsOn === undefined ? 363 : daysBetween(startsOn, endsOn);
  return plusDays(startsOn, (Math.floor(length / 7) + 1) * 7);
}
