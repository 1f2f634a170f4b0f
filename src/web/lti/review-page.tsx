import type { ComponentChildren } from 'preact';
import type { PendingView, ReviewPageView, WaitingView } from '../../../lti/registration/pages.ts';
import { ltiDocument } from './document.tsx';
import { registrationWords } from './registration-word.ts';

type Words = ReturnType<typeof registrationWords>;
type Shown = ReviewPageView & { readonly t: Words };

/** Date and time of an instant, in UTC: nobody told where the reader is. */
function moment({ locale }: ReviewPageView, instant: number): string {
  const format = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'UTC',
  });
  return `${format.format(instant)} UTC`;
}

function Asked({ platform, t }: { platform: PendingView; t: Words }) {
  const { asked } = platform;
  if (asked === null) return <>{t('review.unknown')}</>;
  const kinds = (['names', 'email', 'roster', 'grades'] as const).filter((kind) => asked[kind]);
  return <>{[t('review.asked.id'), ...kinds.map((kind) => t(`review.asked.${kind}`))].join(', ')}</>;
}

function Decision({
  view,
  id,
  deployment,
  children,
}: {
  view: Shown;
  id: string;
  deployment?: string;
  children: ComponentChildren;
}) {
  return (
    <form method="post" action={view.action}>
      <input type="hidden" name="review" value={view.review} />
      <input type="hidden" name="id" value={id} />
      {deployment !== undefined && <input type="hidden" name="deployment" value={deployment} />}
      <p class="actions">{children}</p>
    </form>
  );
}

function Platform({ platform, view }: { platform: PendingView; view: Shown }) {
  const { t, org } = view;
  const { id, name, issuer, clientId, product, deployments, scopes } = platform;
  return (
    <section class="waiting" aria-labelledby={`p-${id}`}>
      <h2 id={`p-${id}`}>{name}</h2>
      <dl class="named-values">
        <dt>{t('review.issuer')}</dt>
        <dd>{issuer}</dd>
        <dt>{t('review.client')}</dt>
        <dd>{clientId}</dd>
        <dt>{t('review.product')}</dt>
        <dd>{product ?? t('review.unknown')}</dd>
        <dt>{t('review.deployments')}</dt>
        <dd>{deployments.length > 0 ? deployments.join(', ') : t('review.noDeployment')}</dd>
        <dt>{t('review.since')}</dt>
        <dd>{moment(view, platform.createdAt)}</dd>
        <dt>{t('review.asked')}</dt>
        <dd>
          <Asked platform={platform} t={t} />
        </dd>
      </dl>
      <h3>{t('review.where')}</h3>
      <dl class="named-values">
        <dt>{t('review.signsIn')}</dt>
        <dd>{platform.signsIn}</dd>
        <dt>{t('review.tokens')}</dt>
        <dd>{platform.tokens}</dd>
        <dt>{t('review.keys')}</dt>
        <dd>{platform.keys}</dd>
        <dt>{t('review.frames')}</dt>
        <dd>{platform.frames.join(', ')}</dd>
      </dl>
      {scopes.length > 0 && (
        <details>
          <summary>{t('review.scopes')}</summary>
          <ul class="bullets">
            {scopes.map((scope) => (
              <li key={scope}>{scope}</li>
            ))}
          </ul>
        </details>
      )}
      <Decision view={view} id={id}>
        <button type="submit" name="decision" value="approve">
          {t('review.approve', { org })}
        </button>{' '}
        <button type="submit" class="button-quiet" name="decision" value="refuse">
          {t('review.refuse')}
        </button>
      </Decision>
    </section>
  );
}

function Deployment({ waiting, view }: { waiting: WaitingView; view: Shown }) {
  const { t } = view;
  return (
    <li class="waiting">
      <dl class="named-values">
        <dt>{t('review.deployment')}</dt>
        <dd>{waiting.deployment}</dd>
        <dt>{t('review.platform')}</dt>
        <dd>{`${waiting.platformName}, ${waiting.issuer}`}</dd>
        <dt>{t('review.lastTry')}</dt>
        <dd>{moment(view, waiting.seenAt)}</dd>
      </dl>
      <Decision view={view} id={waiting.id} deployment={waiting.deployment}>
        <button type="submit" name="decision" value="deployment">
          {t('review.accept')}
        </button>
      </Decision>
    </li>
  );
}

/** Platforms and deployments that wait, each with what is known of it and two buttons. */
export function reviewPage(given: ReviewPageView): string {
  const t = registrationWords(given.locale);
  const view: Shown = { ...given, t };
  const { pending, deployments, notice, org } = view;
  return ltiDocument({
    locale: view.locale,
    title: t('review.title'),
    children: (
      <>
        {notice && (
          <p class={notice.kind === 'gone' ? 'problem' : undefined} role="status">
            {t(`review.notice.${notice.kind}`, { platform: notice.platformName })}
          </p>
        )}
        <p>{t('review.intro', { org })}</p>
        <p>
          <strong>{t('review.check')}</strong>
        </p>
        {pending.length === 0 && <p>{t('review.none')}</p>}
        {pending.map((platform) => (
          <Platform key={platform.id} platform={platform} view={view} />
        ))}
        {deployments.length > 0 && (
          <section aria-labelledby="waiting">
            <h2 id="waiting">{t('review.waiting')}</h2>
            <p>{t('review.waitingText')}</p>
            <ul>
              {deployments.map((waiting) => (
                <Deployment key={`${waiting.id} ${waiting.deployment}`} waiting={waiting} view={view} />
              ))}
            </ul>
          </section>
        )}
        <p>
          <small>{t('review.until', { time: moment(view, view.until) })}</small>
        </p>
      </>
    ),
  });
}
