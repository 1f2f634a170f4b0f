import { localDate } from '../local-date.ts';
import { organisationPath } from '../paths.ts';
import { AUDIENCES } from '../report-figures.ts';
import type { ReportView } from '../report-view.ts';

/** As of when, for whom, with or without names: a GET form, not printed. */
export function ReportForm({ view }: { view: ReportView }) {
  const { texts, path, definition, fixed, now, role, launchId } = view;
  const { t } = texts;
  const { timezone } = definition;
  return (
    <form class="filter report-form" method="get" action={path} aria-label={t('report.form')}>
      <input type="hidden" name="lang" value={texts.locale} />
      <div class="field">
        <label for="report-asOf">{t('report.asOf')}</label>
        <input
          id="report-asOf"
          type="date"
          name="asOf"
          value={localDate(fixed.asOf, timezone)}
          max={localDate(now, timezone)}
        />
      </div>
      <div class="field">
        <label for="report-for">{t('report.for')}</label>
        <select id="report-for" name="for">
          {AUDIENCES.map((audience) => (
            <option key={audience} value={audience} selected={audience === fixed.audience}>
              {t(`report.for.${audience}`)}
            </option>
          ))}
        </select>
      </div>
      <label class="choice">
        <input type="checkbox" name="names" value="yes" checked={fixed.names} />
        <span>{t('report.names')}</span>
      </label>
      <div class="actions">
        <button type="submit">{t('report.show')}</button>
        <button type="button" class="button-quiet" data-print hidden>
          {t('report.print')}
        </button>
        {role === 'dlm' && (
          <a href={`${organisationPath(launchId)}?lang=${texts.locale}`}>{t('report.organisation')}</a>
        )}
      </div>
    </form>
  );
}
