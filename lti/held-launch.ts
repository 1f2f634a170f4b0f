import { z } from 'zod';
import type { Seal } from '../src/base/seal.ts';
import { claimsSchema, type LtiClaims } from './claims.ts';
import { withoutHiddenNames } from './privacy.ts';

const holdMs = 2 * 60_000;
const held = z.object({ expiresAt: z.number(), claims: claimsSchema });

/** Verified claims that wait in a form of ours, sealed, for the browser's proof: no server keeps them meanwhile. */
export interface HeldLaunches {
  hold(state: string, claims: LtiClaims): string;
  /** Null when altered, of another login, or older than two minutes. */
  release(state: string, sealed: string): LtiClaims | null;
}

/** Holds verified claims under the login they belong to. */
export function createHeldLaunches(seal: Seal, clock: () => number): HeldLaunches {
  const contextOf = (state: string): string => `held launch ${state}`;
  return {
    hold(state, claims) {
      const value = { expiresAt: clock() + holdMs, claims: withoutHiddenNames(claims) };
      return seal.seal(JSON.stringify(value), contextOf(state));
    },
    release(state, sealed) {
      const plain = seal.open(sealed, contextOf(state));
      if (plain === null) return null;
      const { expiresAt, claims } = held.parse(JSON.parse(plain));
      return expiresAt > clock() ? claims : null;
    },
  };
}
