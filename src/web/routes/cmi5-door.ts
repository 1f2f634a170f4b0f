import { type RequestHandler, Router } from 'express';
import { protectPage } from '../../../lti/page-headers.ts';
import type { Logger } from '../../base/logger.ts';
import type { Cmi5Sessions } from '../../units/cmi5-sessions.ts';
import { createTexts } from '../intl.ts';
import { returnedPage } from '../pages/content-pages.tsx';

/** What content sends along, though nothing here reads it. */
const SENT =
  'Authorization, Content-Type, Accept, Cache-Control, Pragma, X-Requested-With, X-Experience-API-Version';

/** What content on any other origin may do here; no cookie is read. A browser asks before some POSTs. */
const fromAnywhere: RequestHandler = (request, response, next) => {
  response.set({ 'Access-Control-Allow-Origin': '*', 'Cache-Control': 'no-store' });
  if (request.method !== 'OPTIONS') {
    next();
    return;
  }
  response
    .set({
      Allow: 'POST, OPTIONS',
      'Access-Control-Allow-Methods': 'POST',
      'Access-Control-Allow-Headers': SENT,
    })
    .status(204)
    .end();
};

/** /cmi5: where content fetches its key, once (cmi5 8.2), and where its window ends. */
export function createCmi5Door(sessions: Cmi5Sessions, log: Logger): Router {
  const texts = { fr: createTexts('fr'), en: createTexts('en') };
  const router = Router();

  router.use('/fetch', fromAnywhere);
  // The token is in the query, which no log of ours holds. Errors are answers too, with status 200 (cmi5 8.2.2).
  router.post('/fetch', async (request, response) => {
    const { token } = request.query;
    try {
      response.json(await sessions.fetch(typeof token === 'string' ? token : ''));
    } catch (error) {
      log.error({ err: error }, 'a key could not be handed to content');
      response.json({ 'error-code': '3', 'error-text': 'Something failed here. Open the content again.' });
    }
  });
  router.all('/fetch', (_request, response) => {
    response.status(405).set('Allow', 'POST, OPTIONS').end();
  });

  router.get('/returned', (request, response) => {
    protectPage(response, null);
    response.type('html').send(returnedPage(texts[request.query.lang === 'en' ? 'en' : 'fr']));
  });

  return router;
}
