import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { grantsInForce, roleIn } from '../../src/cohorts/granted-role.ts';
import type { Grant } from '../../src/storage/ports/grant-store.ts';

const grant = (
  role: Grant['role'],
  cohortId: string | null = null,
  expiresAt: number | null = null,
): Grant => ({
  id: 'g',
  org: 'o',
  registrationId: 'r',
  sub: 's',
  role,
  cohortId,
  grantedBy: 'somebody',
  grantedAt: 0,
  expiresAt,
});

describe('the role that counts', () => {
  it('is the platform’s where nothing was granted', () => {
    expect(roleIn('learner', [], 'a')).toBe('learner');
    expect(roleIn('learner', [grant('staff', 'b')], 'a')).toBe('learner');
    expect(roleIn('staff', [grant('dlm', 'b')], null)).toBe('staff');
  });

  it('is the granted one instead, also where it is less', () => {
    expect(roleIn('learner', [grant('staff')], 'a')).toBe('staff');
    expect(roleIn('dlm', [grant('observer')], 'a')).toBe('observer');
    expect(roleIn('learner', [grant('staff', 'a')], 'a')).toBe('staff');
  });

  it('is the one granted for the cohort before one granted everywhere', () => {
    expect(roleIn('learner', [grant('dlm'), grant('observer', 'a')], 'a')).toBe('observer');
    expect(roleIn('learner', [grant('dlm'), grant('observer', 'a')], 'b')).toBe('dlm');
  });

  it('is always the highest of several of a kind, in whatever order they were given', () => {
    const any = fc.array(fc.constantFrom<Grant['role']>('staff', 'dlm', 'observer'), { minLength: 1 });
    fc.assert(
      fc.property(any, (roles) => {
        const highest = (['dlm', 'staff', 'observer'] as const).find((role) => roles.includes(role));
        expect(
          roleIn(
            'learner',
            roles.map((role) => grant(role)),
            'a',
          ),
        ).toBe(highest);
      }),
    );
  });

  it('no longer is one that has expired, to the millisecond', () => {
    const held = [grant('dlm', null, 10)];
    expect(grantsInForce(held, 9)).toEqual(held);
    expect(grantsInForce(held, 10)).toEqual([]);
  });
});
