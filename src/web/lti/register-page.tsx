import type { RegisterPageView } from '../../../lti/registration/pages.ts';
import { ltiDocument } from './document.tsx';
import { registrationWords } from './registration-word.ts';

/** What would be registered and asked for, before anything is sent. */
export function registerPage(view: RegisterPageView): string {
  const { locale, platform, asked, codeProblem } = view;
  const t = registrationWords(locale);
  return ltiDocument({
    locale,
    title: t('register.title'),
    children: (
      <>
        <p>{t('register.intro')}</p>
        <h2>{t('register.platform')}</h2>
        <dl class="named-values">
          <dt>{t('register.name')}</dt>
          <dd>{platform.name}</dd>
          <dt>{t('register.issuer')}</dt>
          <dd>{platform.issuer}</dd>
          <dt>{t('register.product')}</dt>
          <dd>{platform.product}</dd>
        </dl>
        <h2>{t('register.asks')}</h2>
        <ul class="bullets">
          <li>{t('register.id')}</li>
          {asked.names && <li>{t('register.names')}</li>}
          {asked.email && <li>{t('register.email')}</li>}
          {asked.roster && <li>{t('register.roster')}</li>}
          {asked.grades && <li>{t('register.grades')}</li>}
          {asked.messages.length > 0 && (
            <li>{t('register.messages', { list: asked.messages.join(', ') })}</li>
          )}
          {asked.placements.length > 0 && (
            <li>{t('register.placements', { list: asked.placements.join(', ') })}</li>
          )}
        </ul>
        <form class="flow" method="post" action={view.action}>
          <input type="hidden" name="openid_configuration" value={view.openidConfiguration} />
          <input type="hidden" name="registration_token" value={view.registrationToken} />
          <div class="field">
            <label for="code">{t('register.code')}</label>
            <input
              id="code"
              name="code"
              autocomplete="off"
              autocapitalize="characters"
              spellcheck={false}
              aria-describedby={codeProblem === null ? 'code-help' : 'code-problem code-help'}
              aria-invalid={codeProblem !== null}
            />
            {codeProblem !== null && (
              <p id="code-problem" class="problem" role="alert">
                {t(`register.code.${codeProblem}`)}
              </p>
            )}
            <p id="code-help">
              <small>{t('register.codeHelp')}</small>
            </p>
          </div>
          <p>
            <button type="submit">{t('register.submit')}</button>
          </p>
        </form>
      </>
    ),
  });
}
