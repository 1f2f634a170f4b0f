import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';
import {
  actor,
  definition,
  HOUR,
  idOf,
  iso,
  number,
  type Sent,
  sent,
  TABLES,
  table,
  when,
} from './worked-cohort.ts';
import { says, type TableRow } from './worked-tables.ts';

describe('the worked example of docs/metrics.md', () => {
  let assidu: RunningAssidu;
  let clock = when(33);
  const get = async (what: string, day: number, query = '') => {
    const answer = await assidu.request(
      'GET',
      `/api/v1/cohorts/example/${what}?asOf=${iso(when(day, 18))}${query}`,
    );
    expect(answer.status).toBe(200);
    return answer.json;
  };
  const post = async (what: string, body: unknown) => {
    const { status, text } = await assidu.request('POST', what, body);
    expect([status, text]).toEqual([200, text]);
  };

  beforeAll(async () => {
    assidu = await startAssidu({ clock: () => clock });
    await assidu.request('PUT', '/api/v1/cohorts/example', definition);
    const people = table('enrolled', 'what happened');
    await post(
      '/api/v1/cohorts/example/enrolments',
      people.map(({ learner = '', enrolled, ended = '' }) => {
        const [day, reason] = ended.split(' ');
        return {
          actor: actor(learner),
          enrolledAt: iso(when(number(enrolled), 8)),
          ...(reason === undefined ? {} : { endedAt: iso(when(number(day))), reason }),
        };
      }),
    );
    const all = people.flatMap(({ learner = '', 'what happened': what = '' }) =>
      what === '' ? [] : what.split(';').flatMap((each) => sent(learner, each)),
    );
    const bodies = (kind: Sent['kind']) => all.filter((each) => each.kind === kind).map(({ body }) => body);
    await post('/xapi/statements', bodies('statement'));
    await post('/api/v1/cohorts/example/attendance', bodies('register'));
    for (const each of all)
      if (each.kind === 'waiver') {
        clock = each.at;
        await post('/api/v1/cohorts/example/waivers', [each.body]);
      }
    clock = when(33);
    await assidu.services.feed.settled();
  });
  afterAll(() => assidu.close());

  it('says where each stands, and why they are alerted', async () => {
    const rows = await get('learners', 24);
    const dayOf = (instant: string | null) =>
      instant === null ? null : Math.floor((Date.parse(instant) - when(0, 0)) / (24 * HOUR));
    const printed = table('why', 'alerts');
    expect(rows).toHaveLength(printed.length);
    for (const line of printed) {
      const row = rowOf(rows, line.learner);
      expect({
        ...line,
        state: row.state,
        alerts: row.alerts.join(', ') || '–',
        progress: says(line.progress, row.progress),
        realisation: says(line.realisation, row.realisation / 100),
        'completed on day': says(line['completed on day'], dayOf(row.completedAt)),
      }).toEqual(line);
    }
  });
  it('counts, and gives rates with their intervals', async () => {
    const { counts, rates, final } = await get('metrics', 24);
    expect(final).toBe(false);
    expectLine(table('enrolled', 'atRisk'), counts);
    for (const line of table('rate', 'value')) {
      const { numerator, denominator, value, ci95 } = rates[line.rate ?? ''];
      const [from, to] = ci95 ?? [null, null];
      expectLine([line], { of: numerator, among: denominator, value, from, to });
    }
    expect(table('rate', 'value')).toHaveLength(Object.keys(rates).length);
  });
  it('tells progress, funnel, units, time, attendance and cost', async () => {
    const { progress, funnel, units, timeToComplete, attendance, cost } = await get('metrics', 24);
    const [none, , twenties, , , fifties] = progress.histogram;
    expectLine(table('mean progress'), {
      'mean progress': progress.mean,
      'median progress': progress.median,
      'below 10 %': none,
      '20 to 30 %': twenties,
      '50 to 60 %': fifties,
      'exactly 100 %': progress.histogram[10],
    });
    expect(progress.histogram.reduce((sum: number, each: number) => sum + each, 0)).toBe(10);
    expectLine(
      table('p25'),
      Object.fromEntries(funnel.map(({ step, count }: { step: string; count: number }) => [step, count])),
    );
    for (const [index, line] of table('unit', 'reached').entries()) {
      const { id, reached, satisfied, medianDays, leavers } = units[index];
      expect(id).toBe(idOf(line.unit ?? ''));
      expectLine([line], { reached, satisfied, 'median days': medianDays, leavers });
    }
    expectLine(table('first quartile'), {
      completed: timeToComplete.n,
      'median days': timeToComplete.medianDays,
      'first quartile': timeToComplete.p25Days,
      'third quartile': timeToComplete.p75Days,
    });
    expectLine(table('minutes present'), {
      ...attendance,
      'minutes present': attendance.presentMinutes,
      'minutes of slots': attendance.slotMinutes,
    });
    expectLine(table('total cost'), {
      'total cost': cost.total,
      'per enrolled': cost.perEnrolled,
      'per completer': cost.perCompleter,
    });
  });
  it('goes week by week', async () => {
    const { weekly } = await get('metrics', 24);
    const printed = table('week', 'hazard');
    expect(weekly.map(({ from }: { from: string }) => from)).toEqual(printed.map(({ from }) => from));
    for (const [index, line] of printed.entries()) {
      const { week, acts, activeLearners, drops, atRisk, hazard } = weekly[index];
      expectLine([line], { week, acts, 'active learners': activeLearners, drops, 'at risk': atRisk, hazard });
    }
  });
  it('draws both curves', async () => {
    const { horizon, knownThrough, n, withdrawnBeforeStart, curve, outcomes } = await get('retention', 24);
    expectLine(table('observed'), {
      horizon,
      'known through': knownThrough,
      observed: n,
      'withdrawn before start': withdrawnBeforeStart,
    });
    const stayed = table('day', 'stayed');
    expect(curve).toHaveLength(stayed.length);
    for (const [index, line] of stayed.entries()) {
      const { day, atRisk, events, survival, se, lo, hi } = curve[index];
      const named = { 'at risk': atRisk, dropouts: events, stayed: survival, 'standard error': se };
      expectLine([line], { day, ...named, from: lo, to: hi });
    }
    const shares = table('day', 'still in');
    expect(outcomes).toHaveLength(shares.length);
    for (const [index, line] of shares.entries()) {
      const { day, atRisk, dropped, completed, stillIn } = outcomes[index];
      expectLine([line], { day, 'at risk': atRisk, dropped, completed, 'still in': stillIn });
    }
  });
  it('observes each until the day that is printed', async () => {
    const rows = await get('learners', 24);
    const { outcomes, curve } = await get('retention', 24);
    const printed = table('first act', 'until');
    for (const line of printed)
      expect(iso(when(number(line['first act']))).slice(0, 10)).toBe(
        rowOf(rows, line.learner).firstActAt.slice(0, 10),
      );
    // The risk sets of both curves are those that this table counts to.
    const among = (day: number, until: (line: TableRow) => number) =>
      printed.filter((line) => number(line['first act']) < day && day <= until(line)).length;
    for (const { day, atRisk } of outcomes) expect(among(day, ({ until }) => number(until))).toBe(atRisk);
    for (const { day, atRisk } of curve)
      expect(among(day, (line) => (line[''] === 'completion' ? 15 : number(line.until)))).toBe(atRisk);
  });
  it('ends: the figures of the closed cohort', async () => {
    const [rows, { counts, final }, { horizon, knownThrough }] = [
      await get('learners', 33),
      await get('metrics', 33),
      await get('retention', 33),
    ];
    expect(final).toBe(true);
    for (const { learner, state } of TABLES.find(([row]) => row && 'why' in row && !('alerts' in row)) ?? [])
      expect(rowOf(rows, learner).state).toBe(state);
    expectLine(table('unfinished'), { ...counts, horizon, 'known through': knownThrough });
  });
});

function rowOf(rows: readonly ReturnType<typeof JSON.parse>[], learner: string | undefined) {
  const found = rows.find((row) => row.actor.account.name === learner);
  if (found === undefined) throw new Error(`no row of ${learner}`);
  return found;
}

/** The one line of a table prints these numbers under these heads; what is worked out in words is for people. */
function expectLine(lines: readonly TableRow[], values: Readonly<Record<string, number | null>>): void {
  expect(lines).toHaveLength(1);
  for (const line of lines) {
    const named = Object.keys(line).filter((head) => head in values);
    const words = ['worked out', 'unit', 'rate', 'week'].concat('from' in values ? [] : ['from']);
    expect(Object.keys(line).filter((head) => !named.includes(head) && !words.includes(head))).toEqual([]);
    expect(Object.fromEntries(named.map((head) => [head, says(line[head], values[head])]))).toEqual(
      Object.fromEntries(named.map((head) => [head, line[head]])),
    );
  }
}
