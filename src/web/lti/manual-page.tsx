import type { ManualPageView, ManualValue } from '../../../lti/registration/pages.ts';
import { ltiDocument } from './document.tsx';
import { registrationWords } from './registration-word.ts';

type Words = ReturnType<typeof registrationWords>;

function Value({
  t,
  platform,
  field,
  value,
}: ManualValue & { readonly t: Words; readonly platform: string }) {
  const id = `${platform}-${field}`;
  const rows = value.split('\n').length;
  return (
    <div class="field copy">
      <label for={id}>{t(`field.${field}`)}</label>
      {rows > 1 ? (
        <textarea id={id} rows={rows} readOnly value={value} />
      ) : (
        <input id={id} readOnly value={value} />
      )}
      <button
        class="button-quiet"
        type="button"
        hidden
        data-copy={id}
        data-done={t('manual.copied')}
        aria-label={`${t('manual.copy')} ${t(`field.${field}`)}`}
      >
        {t('manual.copy')}
      </button>
    </div>
  );
}

/** The values to enter into a platform by hand; they can be selected without script, and copied with it. */
export function manualPage(view: ManualPageView): string {
  const { locale } = view;
  const t = registrationWords(locale);
  const other = locale === 'fr' ? 'en' : 'fr';
  return ltiDocument({
    locale,
    title: t('manual.title'),
    script: 'copy-value.js',
    children: (
      <>
        <p>
          <a href={view.languageUrl} lang={other} hreflang={other}>
            {t('manual.language')}
          </a>
        </p>
        <p>{t('manual.intro')}</p>
        {(['moodle', 'canvas'] as const).map((platform) => (
          <section class="flow" key={platform}>
            <h2>{t(`manual.${platform}`)}</h2>
            <p>{t(`manual.${platform}.auto`)}</p>
            <p>{t(`manual.${platform}.hand`)}</p>
            {view[platform].map((each) => (
              <Value key={each.field} t={t} platform={platform} {...each} />
            ))}
            <p>{t(`manual.${platform}.privacy`)}</p>
          </section>
        ))}
        <p>{t('manual.after')}</p>
        <p role="status" id="copied" />
      </>
    ),
  });
}
