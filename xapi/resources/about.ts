import type { RequestHandler } from 'express';
import { SUPPORTED_VERSIONS } from '../version.ts';

/** About (xAPI 1.0.3 Communication 2.8): which versions are spoken here. Needs neither key nor version. */
export const about: RequestHandler = (_request, response) => {
  response.set('X-Experience-API-Version', '2.0.0').json({ version: SUPPORTED_VERSIONS, extensions: {} });
};
