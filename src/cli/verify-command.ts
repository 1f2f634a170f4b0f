import { Command } from 'commander';
import { AssiduError } from '../base/errors.ts';
import type { StoreFault } from '../storage/ports/check.ts';
import { type CohortVerdict, verifyCohorts } from '../verify/verify-cohorts.ts';
import { verifyStore } from '../verify/verify-store.ts';
import { printResult, withServices } from './context.ts';
import { stepLine } from './step-line.ts';

interface Options {
  readonly org: string;
  readonly cohort?: string;
  readonly json?: boolean;
}

interface Verdict {
  readonly store: readonly StoreFault[];
  readonly cohorts: readonly CohortVerdict[];
}

/** `assidu verify`: recomputes all figures from the statements, and looks whether the store is whole. */
export function verifyCommand(): Command {
  return new Command('verify')
    .description('recompute all figures from the statements and compare with what is kept')
    .option('--org <org>', 'organisation', 'default')
    .option('--cohort <id>', 'only this one')
    .option('--json', 'print JSON')
    .action(async (options: Options) => {
      const verdict = await verdictOf(options);
      printResult(options.json, verdict, () => textOf(verdict));
      const differing = verdict.cohorts
        .filter(({ differences }) => differences.length > 0)
        .map(({ cohortId }) => cohortId);
      const wrong = [
        ...(differing.length > 0 ? [`figures differ from a recomputation: ${differing.join(', ')}`] : []),
        ...(verdict.store.length > 0 ? ['the store has faults'] : []),
      ];
      if (wrong.length > 0) throw new AssiduError('internal', wrong.join('; '));
    });
}

async function verdictOf({ org, cohort }: Options): Promise<Verdict> {
  const line = stepLine();
  return withServices(async (services) => {
    line.show('store');
    const store = await verifyStore(services.storage, org);
    const { stored } = await services.storage.statements.head();
    const cohorts: CohortVerdict[] = [];
    line.show('cohorts');
    for await (const verdict of verifyCohorts(services, org, cohort ?? null, stored, Date.now)) {
      cohorts.push(verdict);
      line.show(`${cohorts.length} cohorts, the last ${verdict.cohortId}`);
    }
    return { store, cohorts };
  }).finally(line.end);
}

function textOf({ store, cohorts }: Verdict): string {
  const told = ({ cohortId, differences }: CohortVerdict) => [
    `${cohortId}: ${differences.length === 0 ? 'equal' : 'DIFFERS'}`,
    ...differences.map(
      ({ figure, kept, recomputed }) =>
        `  ${figure}: kept ${JSON.stringify(kept)}, recomputed ${JSON.stringify(recomputed)}`,
    ),
  ];
  return [
    ...(store.length === 0 ? [] : ['store: FAULTS']),
    ...store.map(({ of, fault }) => `  ${of}: ${fault}`),
    ...cohorts.flatMap(told),
  ].join('\n');
}
