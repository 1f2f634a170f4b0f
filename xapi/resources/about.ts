import type { RequestHandler } from 'express';
import { SUPPORTED_VERSIONS } from '../version.ts';

/** About (xAPI 1.0.3 Communication 2.8): which versions are spoken here. Needs neither key nor version. */
export const about: RequestHandler = (request, response) => {
  if (request.get('X-Experience-API-Version')?.startsWith('2'))
    response.set('X-Experience-API-Version', '2.0.0');
  response.json({ version: SUPPORTED_VERSIONS, extensions: {} });
};
