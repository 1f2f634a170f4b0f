/** An entry of a calendar: an instant with an end, or a whole day. */
export interface CalendarEntry {
  /** Stays the same when the calendar is fetched again. */
  readonly uid: string;
  readonly summary: string;
  readonly description: string;
  /** Absent where the step is no page. */
  readonly url?: string;
  /** ISO 8601 instants, or the one date (YYYY-MM-DD) of a whole day. */
  readonly when: { readonly from: string; readonly to: string } | { readonly on: string };
  readonly cancelled: boolean;
}

/** Octets of a line without its end (RFC 5545 §3.1). */
const LONGEST = 75;

/** Entries as an iCalendar file (RFC 5545); instants are told in UTC, which every calendar shows in its own zone. */
export function calendarFile(name: string, entries: readonly CalendarEntry[], now: string): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Assidu//Calendar//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escaped(name)}`,
    ...entries.flatMap((entry) => eventLines(entry, now)),
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}

function eventLines(entry: CalendarEntry, now: string): readonly string[] {
  const { when } = entry;
  return [
    'BEGIN:VEVENT',
    `UID:${escaped(entry.uid)}`,
    `DTSTAMP:${utc(now)}`,
    ...('on' in when
      ? [`DTSTART;VALUE=DATE:${day(when.on, 0)}`, `DTEND;VALUE=DATE:${day(when.on, 1)}`, 'TRANSP:TRANSPARENT']
      : [`DTSTART:${utc(when.from)}`, `DTEND:${utc(when.to)}`]),
    `SUMMARY:${escaped(entry.summary)}`,
    ...(entry.description === '' ? [] : [`DESCRIPTION:${escaped(entry.description)}`]),
    ...(entry.url === undefined ? [] : [`URL:${entry.url.replaceAll(/\s/g, '')}`]),
    `STATUS:${entry.cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    'END:VEVENT',
  ];
}

/** `20260922T120000Z` */
function utc(instant: string): string {
  return `${new Date(instant).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

function day(date: string, later: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + later * 86_400_000)
    .toISOString()
    .slice(0, 10)
    .replaceAll('-', '');
}

/** RFC 5545 §3.3.11; other control characters have no place in a line. */
function escaped(text: string): string {
  return text
    .replaceAll(/[\\;,]/g, '\\$&')
    .replaceAll(/\r\n|\r|\n/g, '\\n')
    .replaceAll(/\p{Cc}/gu, ' ');
}

/** A long line goes on after a line break and a space; no character is cut apart. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const character of line) {
    const length = Buffer.byteLength(character);
    // The lines after the first begin with a space.
    if (octets + length > (parts.length === 0 ? LONGEST : LONGEST - 1)) {
      parts.push(part);
      part = '';
      octets = 0;
    }
    part += character;
    octets += length;
  }
  return [...parts, part].join('\r\n ');
}
