import type { RequestHandler } from 'express';
import { SUPPORTED_VERSIONS } from '../version.ts';
import { readParameters } from './read-parameters.ts';

/**
 * About (xAPI 1.0.3 Communication 2.8): which versions are spoken here. Needs neither key nor version; has no parameters
 * (3.2).
 */
export const about: RequestHandler = (request, response) => {
  if (request.get('X-Experience-API-Version')?.startsWith('2'))
    response.set('X-Experience-API-Version', '2.0.0');
  readParameters({}, request.query);
  response.json({ version: SUPPORTED_VERSIONS, extensions: {} });
};
