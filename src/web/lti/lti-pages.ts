import type { LtiPages } from '../../../lti/pages.ts';
import { loginPage } from './login-page.tsx';
import { notYetPage } from './not-yet-page.tsx';
import { proofPage } from './proof-page.tsx';
import { rejectedPage } from './rejected-page.tsx';

/** The pages of the LTI routes. */
export const ltiPages: LtiPages = { loginPage, proofPage, rejectedPage, notYetPage };
