import type { ContentKeys } from '../xapi/content-keys.ts';
import type { Intake } from '../xapi/intake.ts';
import type { Figures } from './cohorts/figures.ts';
import type { LaunchService } from './cohorts/launches.ts';
import type { Storage } from './storage/ports/index.ts';
import { type Cmi5Sessions, createCmi5Sessions } from './units/cmi5-sessions.ts';
import { createContentLaunches } from './units/content-launches.ts';
import { createMarks } from './units/marks.ts';
import { createUnits, type Units } from './units/units.ts';

export interface UnitParts {
  readonly units: Units;
  readonly cmi5Sessions: Cmi5Sessions;
}

/** Units that are pages of ours, over a storage. */
export function unitsOver(
  storage: Storage,
  given: {
    readonly figures: Figures;
    readonly launches: LaunchService;
    readonly intake: Intake;
    readonly contentKeys: ContentKeys;
    readonly publicUrl: string;
    /** ms since the epoch. */
    readonly clock: () => number;
    readonly random: (bytes: number) => Buffer;
    /** Random UUIDs. */
    readonly newId: () => string;
  },
): UnitParts {
  const { statements, keys, documents } = storage;
  const cmi5Sessions = createCmi5Sessions({ ...given, sessions: storage.contentSessions, keys, statements });
  const contents = createContentLaunches({ ...given, sessions: cmi5Sessions, documents });
  const marks = createMarks({ ...given, statements });
  return { units: createUnits({ ...given, contents, marks }), cmi5Sessions };
}
