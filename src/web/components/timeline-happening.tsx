import { contactWords, outcomeWords } from '../contact-words.ts';
import { contactsPath } from '../paths.ts';
import { recordedWords } from '../recorded-words.ts';
import type { Happening, TimelineView } from '../timeline-view.ts';
import { timelineWords } from '../timeline-words.ts';

/** Ids of statements named in one entry; the others are counted. */
const NAMED = 10;

/** For the analyst: the statements that tell of it. */
function Sources({ happening, view }: { happening: Happening; view: TimelineView }) {
  const { t } = view.texts;
  const { sources } = happening;
  // What the rules made of other entries has no statement of its own.
  if (sources.length === 0) return null;
  const more = sources.length - NAMED;
  return (
    <details class="sources">
      <summary>{t('timeline.sources')}</summary>
      <p>{t('timeline.statements')}</p>
      <ul>
        {sources.slice(0, NAMED).map((id) => (
          <li key={id}>
            <code>{id}</code>
          </li>
        ))}
        {more > 0 && <li>{t('timeline.more', { n: more })}</li>}
      </ul>
    </details>
  );
}

function timeOf(at: number, { texts, definition }: TimelineView): string {
  return new Intl.DateTimeFormat(texts.locale, {
    timeZone: definition.timezone,
    hour: '2-digit',
    minute: '2-digit',
  }).format(at);
}

/** Beneath the sentence: how many traces and when, who recorded it, what came of a contact. */
function Beside({ happening, view }: { happening: Happening; view: TimelineView }) {
  const { texts, definition } = view;
  const { t } = texts;
  const zone = definition.timezone;
  switch (happening.kind) {
    case 'work':
    case 'visited': {
      const [from, to] = [timeOf(happening.from, view), timeOf(happening.to, view)];
      const key = from === to ? 'timeline.traces' : 'timeline.tracesBetween';
      return (
        <p class="note">
          {t(key, { n: happening.traces, from, to })}
          {happening.kind === 'work' && happening.satisfied && (
            <strong class="validated">{t('timeline.validated')}</strong>
          )}
        </p>
      );
    }
    case 'session':
    case 'waived':
      if (happening.recordedAt === null) return null;
      return <p class="note">{recordedWords(happening.recorder, happening.recordedAt, zone, texts)}</p>;
    case 'enrolled':
      return happening.assumed ? <p class="note">{t('timeline.assumed')}</p> : null;
    case 'contact':
      return (
        <>
          {happening.contact.note !== null && <p class="contact-said">{happening.contact.note}</p>}
          <p class="note">{outcomeWords(happening.outcome, { texts, zone })}</p>
        </>
      );
    default:
      return null;
  }
}

function TakeBack({ happening, view }: { happening: Happening; view: TimelineView }) {
  if (happening.kind !== 'contact') return null;
  const { texts, definition, launchId, learnerId, csrfToken } = view;
  const date = texts.date(new Date(happening.at).toISOString(), definition.timezone, 'long');
  return (
    <form
      method="post"
      action={`${contactsPath(launchId, definition.id, learnerId)}?lang=${texts.locale}`}
      class="take-back"
    >
      <input type="hidden" name="_csrf" value={csrfToken} />
      <button
        class="button-quiet"
        type="submit"
        name="takeBack"
        value={happening.contact.id}
        aria-label={texts.t('contact.takeBackOf', { date })}
      >
        {texts.t('contact.takeBack')}
      </button>
    </form>
  );
}

/** One thing that happened: a sentence, what stands beside it, and where it comes from. */
export function TimelineHappening({ happening, view }: { happening: Happening; view: TimelineView }) {
  const { texts, definition, now } = view;
  const words =
    happening.kind === 'contact'
      ? contactWords(happening.contact, { texts, zone: definition.timezone, now })
      : timelineWords(happening, view);
  return (
    <li class={`happening happening-${happening.kind}`}>
      <p>{words}</p>
      <Beside happening={happening} view={view} />
      <TakeBack happening={happening} view={view} />
      <Sources happening={happening} view={view} />
    </li>
  );
}
