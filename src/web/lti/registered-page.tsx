import type { RegisteredPageView } from '../../../lti/registration/pages.ts';
import { ltiDocument } from './document.tsx';
import { registrationWords } from './registration-word.ts';

function nextCommand({ outcome, registrationId, deployment }: RegisteredPageView): string | null {
  if (outcome === 'pending') return `assidu platform approve ${registrationId} --org default`;
  if (outcome === 'active' && deployment === 'to-approve')
    return `assidu platform approve ${registrationId} --deployment …`;
  return null;
}

/** What became of the registration. Its island tells the platform that the window may be closed. */
export function registeredPage(view: RegisteredPageView): string {
  const { locale, outcome, deployment } = view;
  const t = registrationWords(locale);
  const command = nextCommand(view);
  const active = outcome === 'active' || outcome === 'updated';
  return ltiDocument({
    locale,
    title: t(`registered.${outcome}.title`),
    script: 'lti-close.js',
    children: (
      <div class="flow" id="registered" data-targets={view.closeTargets.join(' ')}>
        <p>{t(`registered.${outcome}.text`, { platform: view.platformName })}</p>
        {active && deployment !== null && <p>{t(`registered.${deployment}`)}</p>}
        {command !== null && (
          <pre>
            <code>{command}</code>
          </pre>
        )}
        {outcome !== 'unchanged' && <p>{t('registered.activate')}</p>}
        <p>
          <button type="button" id="close" hidden>
            {t('registered.close')}
          </button>
        </p>
        <p>
          <small>{t('registered.closeHelp')}</small>
        </p>
      </div>
    ),
  });
}
