import type { CohortDefinition } from '../../config/cohort-definition.ts';
import type { RegisterEntry } from '../cohorts/register-entries.ts';
import type { Waiver } from '../cohorts/waivers.ts';
import type { OwnOverview } from '../privacy/own-data.ts';
import type { PageFrame } from './views.ts';

/** What is kept about the learner who asks. */
export interface MyDataView extends PageFrame {
  readonly definition: CohortDefinition;
  readonly overview: OwnOverview;
  /** Of this cohort. */
  readonly register: readonly RegisterEntry[];
  readonly waivers: readonly Waiver[];
  /** Grades that the platform acknowledged. */
  readonly grades: number;
  readonly platform: { readonly host: string; readonly registration: string; readonly sub: string };
  readonly forwards: readonly { readonly name: string; readonly host: string; readonly paused: boolean }[];
  readonly website: string | null;
}
