import type { PublicRow } from '../row.ts';

/** Doors without a session and without a key: they answer, or refuse for lack of what only a platform or a code gives. */
export const publicRows: readonly PublicRow[] = [
  { route: 'GET /healthz', status: [200] },
  { route: 'GET /readyz', status: [200] },
  { route: 'GET /favicon.ico', status: [204] },
  // For this machine only, which is where the test is.
  { route: 'GET /metrics', status: [200] },
  { route: 'GET /cmi5/returned', status: [200] },
  // Errors are answers too (cmi5 8.2.2).
  { route: 'POST /cmi5/fetch', status: [200] },
  { route: '* /cmi5/fetch', status: [405] },
  // To whoever was told the digest.
  { route: 'GET /app/logos/:org/:digest', status: [404] },
  { route: 'GET /lti/jwks', status: [200] },
  { route: 'GET /lti/canvas.json', status: [200] },
  { route: 'GET /lti/manual', status: [200] },
  { route: 'GET /lti/login', status: [400] },
  { route: 'POST /lti/login', status: [400] },
  { route: 'GET /lti/launch', status: [400] },
  { route: 'POST /lti/launch', status: [400] },
  { route: 'POST /lti/launch/proof', status: [400, 403] },
  { route: 'GET /lti/register', status: [400] },
  { route: 'POST /lti/register', status: [400, 403] },
  { route: 'GET /lti/review', status: [200] },
  { route: 'POST /lti/review', status: [403] },
  { route: 'POST /lti/review/decisions', status: [403] },
];
