import type { RegistrationFaultView } from '../../../lti/registration/pages.ts';
import { ltiDocument, wordOf } from './document.tsx';
import { registrationWords } from './registration-word.ts';

/** Why a platform was not connected, and what to do. */
export function registrationFaultPage(view: RegistrationFaultView): string {
  const { locale, reason, platformSays } = view;
  const t = registrationWords(locale);
  return ltiDocument({
    locale,
    title: t('fault.title'),
    children: (
      <>
        <h2>{wordOf(locale, 'refused.what')}</h2>
        <p>{t(`fault.${reason}.what`)}</p>
        {platformSays !== null && (
          <p>
            {t('fault.platformSays')} <code>{platformSays}</code>
          </p>
        )}
        <h2>{wordOf(locale, 'refused.do')}</h2>
        <p>{t(`fault.${reason}.do`)}</p>
        <p>
          <a href={view.manualUrl} target="_blank" rel="noopener">
            {t('fault.manual')}
          </a>
        </p>
        <p>
          <small>{t('fault.reference', { reference: view.reference })}</small>
        </p>
      </>
    ),
  });
}
