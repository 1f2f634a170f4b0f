import { naively } from './cohort.ts';
import { localDays } from './local-days.ts';
import { read } from './read.ts';
import { exits } from './retention.ts';
import type { NaiveScene } from './scenes.ts';

const HOUR = 3_600_000;

/** What occurs in a generated cohort, in words, as often as it does. */
export function* happenings(scene: NaiveScene): Generator<string> {
  const { definition, told, asOf, knownAt, changes, links } = scene;
  const { moment, learners, rows } = naively(scene, asOf, knownAt);
  const days = localDays(definition.timezone, definition.startsOn);
  for (const { state, alerts, sessions, units, person } of rows) {
    yield `state ${state}`;
    for (const alert of alerts) yield `alert ${alert}`;
    for (const { status } of sessions) yield `session ${status}`;
    for (const { id, satisfiedAt, waived } of units) {
      if (waived) yield 'waived';
      else if (satisfiedAt !== null)
        yield `satisfied ${definition.units.find((unit) => unit.id === id)?.satisfiedBy}`;
    }
    if (person.startsWith('stranger')) yield 'stranger';
    if (rows.filter((other) => other.person === person).length > 1) yield 'returned';
  }
  if (moment.closed) yield 'closed';
  if (knownAt !== null && told.some(({ stored }) => stored > knownAt)) yield 'known later';
  if (told.some(({ voidedAt }) => voidedAt !== null)) yield 'voided';
  const events = told.flatMap((each) => read(definition, each) ?? []);
  for (const { meaning } of events) yield `told ${meaning}`;
  if (new Set(events.map(({ event }) => event)).size < events.length) yield 'told twice';
  if (links.some(({ linked, by }) => linked && by === 'hand') && changes.length > 1) yield 'linked';
  for (const learner of learners) {
    const { stay, acts, entry, endedAt } = learner;
    if (stay.suspended.length > 0) yield 'suspended';
    if (endedAt !== null && days.day(endedAt) <= entry) yield 'withdrawn before start';
    for (const { at } of acts) {
      const day = days.day(at);
      if (day === entry) yield 'acts on the day of entry';
      if (day === moment.closingDay) yield 'acts on the closing day';
      if (at === days.midnight(day)) yield 'acts at midnight';
      if (at === days.midnight(day + 1) - 1) yield 'acts just before midnight';
      const date = days.date(day);
      if (definition.breaks.some(({ from, to }) => from <= date && date <= to)) yield 'in a break';
      const hours = (days.midnight(day + 1) - days.midnight(day)) / HOUR;
      if (hours !== 24) yield `a day of ${hours} hours`;
      if (days.midnight(day - 1) === days.midnight(day)) yield 'a day that never was';
    }
  }
  const { people, H } = exits(moment, learners, 'cohort', 'started');
  for (const { event } of people) yield event;
  const completions = people.filter(({ event }) => event === 'completion').length;
  const completed = learners.filter(
    (learner) => learner.acts.length > 0 && learner.isDone(learner.until),
  ).length;
  if (completed > completions && H >= 0) yield 'completion past the horizon';
}
