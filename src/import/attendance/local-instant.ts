/** Offset of a zone at an instant, ms: local time = UTC + offset. */
function offsetAt(format: Intl.DateTimeFormat, instant: number): number {
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const get = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const local = Date.UTC(
    get('year'),
    get('month') - 1,
    get('day'),
    get('hour'),
    get('minute'),
    get('second'),
  );
  return local - Math.floor(instant / 1000) * 1000;
}

/**
 * Local times of an IANA zone -> instants, ms since the epoch. `wall` is the local time written as if it were UTC. An hour
 * that comes twice in autumn is taken the first time; one left out in spring is an hour later.
 */
export function localInstants(timezone: string): (wall: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (wall) => {
    const day = 86_400_000;
    const candidates = [offsetAt(format, wall - day), offsetAt(format, wall + day)].map(
      (offset) => wall - offset,
    );
    const right = candidates.filter((instant) => instant + offsetAt(format, instant) === wall);
    return right.length > 0 ? Math.min(...right) : Math.max(...candidates);
  };
}
