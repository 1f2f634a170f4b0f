import type { Router } from 'express';
import type { FlaggedStatement } from '../../../xapi/flagged.ts';
import type { Gate } from './authorise.ts';
import { PAGING, pageFrom } from './paging.ts';
import { badParameter, onlyParameters } from './parameters.ts';

/** Answers flagged statements of an organisation after a position. */
export type Flagged = (org: string, after: number, limit: number) => Promise<readonly FlaggedStatement[]>;

/** Statements with a timestamp that is not believed (docs/intake.md). */
export function addFlaggedStatements(router: Router, { authorised, caller }: Gate, flagged: Flagged): void {
  router.get('/flagged-statements', authorised('all'), async (request, response) => {
    onlyParameters(request.query, ...PAGING);
    const { org } = caller(request);
    const page = await pageFrom(
      request,
      response,
      (after, limit) => flagged(org, positionOf(after), limit),
      ({ seq }) => String(seq),
    );
    response.json(page.map(({ seq: _, ...row }) => row));
  });
}

function positionOf(cursor: string | null): number {
  if (cursor === null) return 0;
  if (!/^\d{1,15}$/.test(cursor)) throw badParameter('cursor', 'is not one that this list gave');
  return Number(cursor);
}
