import type { RequestHandler } from 'express';
import type { LtiDeps } from '../deps.ts';
import { browserLocale } from '../locale.ts';
import { protectPage } from '../page-headers.ts';
import type { PageLocale } from '../pages.ts';
import { canvasConfiguration } from './canvas-configuration.ts';
import type { ManualPageView } from './pages.ts';
import { manualParameters, toolAddresses, toolWords } from './tool-values.ts';

const lines = (parameters: Readonly<Record<string, string>>): string =>
  Object.entries(parameters)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n');

/** The values of the manual set-up; pure. */
export function manualView(publicUrl: string, locale: PageLocale): ManualPageView {
  const { launch, login, jwks, logo, register, canvasJson, manual } = toolAddresses(publicUrl);
  const { name } = toolWords[locale];
  return {
    locale,
    languageUrl: `${manual}?lang=${locale === 'fr' ? 'en' : 'fr'}`,
    moodle: [
      { field: 'register', value: register },
      { field: 'tool-name', value: name },
      { field: 'tool-url', value: launch },
      { field: 'keyset-url', value: jwks },
      { field: 'login-url', value: login },
      { field: 'redirect-url', value: launch },
      { field: 'custom', value: lines(manualParameters.moodle) },
      { field: 'icon-url', value: logo },
    ],
    canvas: [
      { field: 'register', value: register },
      { field: 'canvas-json', value: canvasJson },
      { field: 'tool-name', value: name },
      { field: 'tool-url', value: launch },
      { field: 'login-url', value: login },
      { field: 'redirect-url', value: launch },
      { field: 'keyset-url', value: jwks },
      { field: 'custom', value: lines(manualParameters.canvas) },
    ],
  };
}

/** GET /lti/manual: what to enter by hand, in public: nothing of it is secret. */
export function manualHandler(deps: Pick<LtiDeps, 'publicUrl' | 'pages'>): RequestHandler {
  return (request, response) => {
    const { lang } = request.query;
    const locale = lang === 'fr' || lang === 'en' ? lang : browserLocale(request.headers['accept-language']);
    protectPage(response, null);
    response.type('html').send(deps.pages.manualPage(manualView(deps.publicUrl, locale)));
  };
}

/** GET /lti/canvas.json: the configuration of a Canvas developer key, by URL; `?lang=` chooses its words. */
export function canvasJsonHandler(deps: Pick<LtiDeps, 'publicUrl'>): RequestHandler {
  return (request, response) => {
    const { lang } = request.query;
    const locale = lang === 'fr' || lang === 'en' ? lang : browserLocale(request.headers['accept-language']);
    response.set('Cache-Control', 'no-cache').json(canvasConfiguration(deps.publicUrl, locale));
  };
}
