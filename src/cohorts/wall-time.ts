import { localInstants } from '../import/attendance/local-instant.ts';

/** A local date and time of day: YYYY-MM-DD and HH:MM, with seconds where there are any. */
export interface WallTime {
  readonly date: string;
  readonly time: string;
}

/** How a zone is read, both ways. */
interface Zone {
  readonly format: Intl.DateTimeFormat;
  readonly instantOfWall: (wall: number) => number;
}

/** Zones that were asked for, of which there are some hundreds: to make one takes longer than to use it. */
const zones = new Map<string, Zone>();

function zoneOf(timezone: string): Zone {
  const known = zones.get(timezone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: timezone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  const zone = { format, instantOfWall: localInstants(timezone) };
  zones.set(timezone, zone);
  return zone;
}

/** What clocks of a zone show at an instant (ISO 8601, seconds may be left out). Throws for what is no zone. */
export function wallTimeOf(instant: string, timezone: string): WallTime {
  const [date = '', time = ''] = zoneOf(timezone)
    .format.format(new Date(Date.parse(instant)))
    .split(' ');
  return { date, time: time.replace(/:00$/, '') };
}

/**
 * The instant at which clocks of a zone show a time, with the offset that holds there then: 2026-09-22T14:00+02:00. Null
 * for what is no date and time.
 */
export function instantOf({ date, time }: WallTime, timezone: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || !/^\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/.test(time)) return null;
  const wall = Date.parse(`${date}T${time}Z`);
  if (Number.isNaN(wall) || new Date(wall).toISOString().slice(0, 10) !== date) return null;
  const instant = zoneOf(timezone).instantOfWall(wall);
  // In the hour that spring leaves out, clocks show another time than was asked for.
  const shown = wallTimeOf(new Date(instant).toISOString(), timezone);
  const offset = Date.parse(`${shown.date}T${shown.time}Z`) - Math.floor(instant / 1_000) * 1_000;
  return `${shown.date}T${shown.time}${offsetText(offset)}`;
}

function offsetText(offset: number): string {
  const minutes = Math.round(Math.abs(offset) / 60_000);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
