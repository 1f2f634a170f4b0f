import type { ReportView } from '../report-view.ts';

/** The organisation in whose name the report is given: logo, name, website spelled out. */
export function ReportBanner({ view }: { view: Pick<ReportView, 'organisation' | 'logo' | 'texts'> }) {
  const { organisation, logo, texts } = view;
  const { fr, en } = organisation.name;
  const name = texts.locale === 'en' ? (en ?? fr) : (fr ?? en);
  if (name === null && logo === null) return null;
  const { website } = organisation;
  return (
    <div class="report-banner">
      {logo !== null && <img src={logo} alt={name === null ? texts.t('organisation.logo') : ''} />}
      <p>
        {name !== null && <strong>{name}</strong>}
        {website !== null && (
          <a href={website} rel="noopener noreferrer" target="_blank">
            {website.replace(/^https?:\/\/|\/$/g, '')}
          </a>
        )}
      </p>
    </div>
  );
}
