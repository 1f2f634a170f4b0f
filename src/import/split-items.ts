/** One statement as it stood in a file. */
export interface Item {
  /** Line on which it begins, from 1. */
  readonly line: number;
  readonly text: string;
}

/**
 * Pieces of text -> the statements in it: the elements of one JSON array, or one statement a line. What an item holds
 * is judged later; only brackets and strings are followed here, so that a file of any size passes through little memory.
 */
export async function* splitItems(pieces: AsyncIterable<string>): AsyncGenerator<Item> {
  let mode: 'unknown' | 'array' | 'lines' = 'unknown';
  let line = 1;
  let begun = 0;
  let depth = 0;
  let quoted = false;
  let escaped = false;
  let item = '';
  for await (const piece of pieces) {
    // From here to the character at hand, the piece belongs to the item.
    let from = 0;
    for (let at = 0; at < piece.length; at += 1) {
      const char = piece[at];
      if (mode === 'unknown') {
        if (char === '\n') line += 1;
        if (char === undefined || /[\s\uFEFF]/.test(char)) continue;
        mode = char === '[' ? 'array' : 'lines';
        from = mode === 'array' ? at + 1 : at;
        begun = line;
        if (mode === 'array') continue;
      }
      if (mode === 'lines') {
        if (char !== '\n') continue;
        item += piece.slice(from, at);
        if (item.trim() !== '') yield { line: begun, text: item.trim() };
        item = '';
        from = at + 1;
        line += 1;
        begun = line;
        continue;
      }
      if (char === '\n') line += 1;
      if (quoted) {
        if (escaped) escaped = false;
        else if (char === '\\') escaped = true;
        else if (char === '"') quoted = false;
      } else if (char === '"') quoted = true;
      else if (char === '{' || char === '[') depth += 1;
      else if (depth > 0 && (char === '}' || char === ']')) depth -= 1;
      else if (depth === 0 && (char === ',' || char === ']')) {
        item += piece.slice(from, at);
        if (item.trim() !== '') yield { line: begun + leadingLines(item), text: item.trim() };
        item = '';
        from = at + 1;
        begun = line;
      }
    }
    item += mode === 'unknown' ? '' : piece.slice(from);
  }
  if (item.trim() !== '') yield { line: begun + leadingLines(item), text: item.trim() };
}

/** Line breaks before the first character that counts. */
function leadingLines(text: string): number {
  return text.length - text.trimStart().length === 0
    ? 0
    : (/^\s*/.exec(text)?.[0].split('\n').length ?? 1) - 1;
}
