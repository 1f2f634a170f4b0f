import { acceptedType } from '../base/accepted-type.ts';
import type { Answer } from '../base/answer.ts';
import type { Problem } from '../base/errors.ts';

/** What is said of a problem (RFC 9457). */
export interface ToldProblem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** Finds in the log what failed. */
  readonly reference?: string;
  /** What is wrong, place by place. */
  readonly errors?: readonly Problem[];
}

const FORMS = ['application/problem+json', 'application/json', 'text/html', 'text/plain'] as const;
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A problem in the form that an Accept header wants most, with the headers that say so. */
export function toldProblem(
  accept: string | undefined,
  problem: ToldProblem,
): Pick<Answer, 'headers' | 'body'> {
  const wanted = acceptedType(accept, FORMS);
  // Who wants JSON gets that of RFC 9457.
  const form = wanted === 'application/json' ? 'application/problem+json' : wanted;
  const headers = ['Vary', 'Accept', 'Content-Type', `${form}; charset=utf-8`];
  if (form === 'text/plain') return { headers, body: `${linesOf(problem).join('\n')}\n` };
  if (form === 'application/problem+json') return { headers, body: JSON.stringify(problem) };
  // It may repeat what was sent: nothing in it is to run.
  return { headers: [...headers, 'Content-Security-Policy', "default-src 'none'"], body: pageOf(problem) };
}

function linesOf({ status, title, detail, reference, errors = [] }: ToldProblem): readonly string[] {
  return [
    `${status} ${title}`,
    detail,
    ...(reference === undefined ? [] : [reference]),
    ...errors.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)),
  ];
}

function pageOf(problem: ToldProblem): string {
  const [title = '', ...lines] = linesOf(problem).map((line) =>
    line.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character),
  );
  const paragraphs = lines.map((line) => `<p>${line}</p>`).join('\n');
  return `<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>${title}</title>\n<h1>${title}</h1>\n${paragraphs}\n</html>\n`;
}
