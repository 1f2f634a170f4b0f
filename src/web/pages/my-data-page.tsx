import type { Agent } from '../../../xapi/statement/types.ts';
import { SMALLEST_GROUP } from '../../metrics/portfolio-types.ts';
import { MyDataAttendance } from '../components/my-data-attendance.tsx';
import { MyDataKept } from '../components/my-data-kept.tsx';
import type { Texts } from '../intl.ts';
import { renderDocument } from '../layout.tsx';
import type { MyDataView } from '../my-data-view.ts';

/** An identifier as people read it; of a digest its beginning. */
function identifierWords({ account, mbox, mbox_sha1sum, openid }: Agent, texts: Texts): string {
  if (account !== undefined) return `${account.name} (${account.homePage})`;
  const plain = mbox?.replace(/^mailto:/, '') ?? openid;
  return plain ?? texts.t('mydata.digest', { start: (mbox_sha1sum ?? '').slice(0, 8) });
}

function Where({ view }: { view: MyDataView }) {
  const { texts, forwards, platform, grades } = view;
  const { t } = texts;
  return (
    <section class="card my-data" aria-labelledby="where">
      <h2 id="where">{t('mydata.where')}</h2>
      <ul class="plain-list">
        <li>{t('mydata.platform', { host: platform.host, n: grades })}</li>
        {forwards.map(({ name, host, paused }) => (
          <li key={`${name} ${host}`}>
            {t(paused ? 'mydata.forwardPaused' : 'mydata.forward', { name, host })}
          </li>
        ))}
        {forwards.length === 0 && <li>{t('mydata.forwardNone')}</li>}
        <li>{t('mydata.nowhere')}</li>
      </ul>
    </section>
  );
}

function Who({ texts: { t } }: { texts: Texts }) {
  return (
    <section class="card my-data" aria-labelledby="who">
      <h2 id="who">{t('mydata.who')}</h2>
      <ul class="plain-list">
        {(['you', 'staff', 'dlm', 'mentor', 'analyst'] as const).map((who) => (
          <li key={who}>{t(`mydata.who.${who}`)}</li>
        ))}
        <li>{t('mydata.who.executive', { n: SMALLEST_GROUP })}</li>
        <li>{t('mydata.who.learners')}</li>
      </ul>
      <h3>{t('mydata.long')}</h3>
      <p>{t('mydata.longText')}</p>
    </section>
  );
}

function Ask({ view }: { view: MyDataView }) {
  const { texts, platform, website } = view;
  const { t } = texts;
  return (
    <section class="card my-data" aria-labelledby="ask">
      <h2 id="ask">{t('mydata.ask')}</h2>
      <ul class="plain-list">
        <li>{t('mydata.ask.correct')}</li>
        <li>{t('mydata.ask.erase')}</li>
        <li>{t('mydata.ask.what')}</li>
      </ul>
      <p class="note">
        {t('mydata.identifier')} <code>{`${platform.registration} ${platform.sub}`}</code>
      </p>
      {website !== null && (
        <p class="note">
          {t('mydata.ask.website')}{' '}
          <a href={website} rel="noreferrer" target="_blank">
            {website}
          </a>
        </p>
      )}
    </section>
  );
}

/** "Mes données": what is kept about the learner who asks, as an HTML document. */
export function myDataPage(view: MyDataView): string {
  const { texts, path, overview } = view;
  const { t } = texts;
  return renderDocument({
    texts,
    title: t('mydata.title'),
    role: view.role,
    languageHref: (lang) => `${path}?lang=${lang}`,
    session: view,
    platformOrigin: view.platformOrigin,
    stylesheets: ['/app/assets/learner.css'],
    narrow: true,
    children: (
      <>
        <p class="lead">{t('mydata.lead')}</p>
        <section class="card my-data" aria-labelledby="identifiers">
          <h2 id="identifiers">{t('mydata.identifiers')}</h2>
          <ul class="plain-list identifiers">
            {overview.identifiers.map((agent) => {
              const words = identifierWords(agent, texts);
              return <li key={words}>{words}</li>;
            })}
          </ul>
          <p>
            <a class="download button" href={`${path}.json`} download="">
              {t('mydata.download')}
            </a>
          </p>
          <p class="note">{t('mydata.downloadNote')}</p>
        </section>
        <MyDataKept view={view} />
        <MyDataAttendance view={view} />
        <Where view={view} />
        <Who texts={texts} />
        <Ask view={view} />
      </>
    ),
  });
}
