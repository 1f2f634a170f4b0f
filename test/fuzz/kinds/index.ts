import type { Kind } from '../trial.ts';
import { alternateKind } from './alternate.ts';
import { apiKinds } from './api.ts';
import { documentKind } from './documents.ts';
import { encodingKinds } from './encodings.ts';
import { formKind } from './forms.ts';
import { ltiKinds } from './lti.ts';
import { multipartKind } from './multipart.ts';
import { pageKind } from './pages.ts';
import { queryKinds } from './queries.ts';
import { registerKind } from './registers.ts';
import { routeKind } from './routes.ts';
import { statementKinds } from './statements.ts';
import { wireKind } from './wire.ts';

/** Everything that is tried; `origin` is where the product says that it is. */
export function kindsFor(origin: string): readonly Kind[] {
  return [
    ...statementKinds,
    multipartKind,
    ...encodingKinds,
    ...queryKinds,
    documentKind,
    alternateKind,
    routeKind,
    ...apiKinds,
    registerKind,
    ...ltiKinds(origin),
    pageKind(origin),
    formKind(origin),
    wireKind,
  ];
}
