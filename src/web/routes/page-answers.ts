import type { Request, Response } from 'express';
import { type LaunchContext, launchOf } from '../../../lti/guard.ts';
import { createTexts, type Locale, type Texts } from '../intl.ts';
import { messagePage } from '../pages/message-page.tsx';
import { launchPath } from '../paths.ts';
import type { Message, PageFrame } from '../views.ts';

/** What every page of a launch is answered with. */
export interface PageAnswers {
  /** In the language asked for (`?lang=`), else that of the launch. */
  textsOf(request: Request, context: LaunchContext): Texts;
  frameOf(request: Request, context: LaunchContext, path: string, cohortId?: string): PageFrame;
  /** A page that says one thing only. */
  sendMessage(request: Request, response: Response, message: Message, status: number): void;
}

export function createPageAnswers(clock: () => number): PageAnswers {
  const texts: Readonly<Record<Locale, Texts>> = { fr: createTexts('fr'), en: createTexts('en') };
  const textsOf: PageAnswers['textsOf'] = (request, { launch }) => {
    const { lang } = request.query;
    return texts[lang === 'fr' || lang === 'en' ? lang : launch.locale];
  };
  return {
    textsOf,
    frameOf: (request, context, path, cohortId) => ({
      launchId: context.launch.id,
      path,
      ...(cohortId === undefined ? {} : { cohortId }),
      role: context.launch.role,
      csrfToken: context.csrfToken,
      texts: textsOf(request, context),
      now: new Date(clock()).toISOString(),
    }),
    sendMessage: (request, response, message, status) => {
      const context = launchOf(response);
      const { launch, registration, csrfToken } = context;
      const session = { launchId: launch.id, csrfToken, path: launchPath(launch.id) };
      response
        .status(status)
        .type('html')
        .send(
          messagePage({
            texts: textsOf(request, context),
            message,
            role: launch.role,
            identifier: { platform: registration.id, sub: launch.sub },
            ...(message.kind === 'closed' ? {} : { session }),
          }),
        );
    },
  };
}
