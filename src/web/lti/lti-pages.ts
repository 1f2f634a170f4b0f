import type { LtiPages } from '../../../lti/pages.ts';
import { carryPage } from './carry-page.tsx';
import { loginPage } from './login-page.tsx';
import { manualPage } from './manual-page.tsx';
import { proofPage } from './proof-page.tsx';
import { registerPage } from './register-page.tsx';
import { registeredPage } from './registered-page.tsx';
import { registrationFaultPage } from './registration-fault-page.tsx';
import { rejectedPage } from './rejected-page.tsx';
import { reviewEntryPage } from './review-entry-page.tsx';
import { reviewPage } from './review-page.tsx';

/** The pages of the LTI routes. */
export const ltiPages: LtiPages = {
  loginPage,
  proofPage,
  carryPage,
  rejectedPage,
  registerPage,
  registeredPage,
  registrationFaultPage,
  manualPage,
  reviewEntryPage,
  reviewPage,
};
