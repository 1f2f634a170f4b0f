import { CLOSE_OBJECT, OPEN_OBJECT, QUOTE } from './json-characters.ts';

const STRING = /"[^"\\]*(?:\\.[^"\\]*)*"/sy;

/** Where an object stands in a JSON text: `[start, end)`. */
export interface ObjectSpan {
  readonly start: number;
  readonly end: number;
}

/** All objects of a valid JSON text, inner ones before those around them. */
export function objectSpans(text: string): readonly ObjectSpan[] {
  const found: ObjectSpan[] = [];
  const open: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      STRING.lastIndex = at;
      if (!STRING.test(text)) return found;
      at = STRING.lastIndex - 1;
    } else if (code === OPEN_OBJECT) open.push(at);
    else if (code === CLOSE_OBJECT) {
      const start = open.pop();
      if (start !== undefined) found.push({ start, end: at + 1 });
    }
  }
  return found;
}
