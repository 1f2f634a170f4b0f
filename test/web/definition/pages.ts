import { Browser, type BrowserPage } from '../../platform/browser.ts';
import { type Campus, CLIENT } from '../../support/campus.ts';

/** A browser in which somebody has opened the tool, and the address of that launch. */
export async function openedBy(campus: Campus, user: string) {
  const browser = new Browser();
  const page = await browser.launch(campus.lms, { user, course: '2', link: '1', clientId: CLIENT });
  const [base = ''] = /^.*\/app\/[\w-]+/.exec(page.url) ?? [];
  return { browser, page, base };
}

const decoded = (text: string) =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

const attribute = (tag: string, name: string): string =>
  decoded(new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '');

/** Fields of the page's main form as a browser would send them: hidden, typed, chosen, ticked. */
export function fieldsOf({ html }: BrowserPage): Record<string, string> {
  const [, form = ''] =
    /<form[^>]*class="draft[^>]*>([\s\S]*)<\/form>/.exec(html.split('<footer')[0] ?? '') ?? [];
  const fields: Record<string, string> = {};
  for (const [input] of form.matchAll(/<input[^>]*>/g)) {
    const name = attribute(input, 'name');
    const box = / type="(radio|checkbox)"/.test(input);
    if (name !== '' && (!box || / checked/.test(input))) fields[name] = attribute(input, 'value');
  }
  for (const [select] of form.matchAll(/<select[\s\S]*?<\/select>/g)) {
    const [tag = ''] = select.match(/<select[^>]*>/) ?? [];
    const options = [...select.matchAll(/<option[^>]*>/g)].map(([option]) => option);
    const chosen = options.find((option) => / selected/.test(option)) ?? options[0] ?? '';
    fields[attribute(tag, 'name')] = attribute(chosen, 'value');
  }
  return fields;
}

/** Where the page's main form is sent to. */
export function actionOf({ html, url }: BrowserPage): string {
  const [tag = ''] = html.match(/<form[^>]*class="draft[^>]*>/) ?? [];
  return new URL(attribute(tag, 'action'), url).href;
}

/** Where the language switch sends the page's main form. */
export function redrawnAt({ html, url }: BrowserPage): string {
  const [tag = ''] = html.match(/<button[^>]* value="redraw"[^>]*>/) ?? [];
  return new URL(attribute(tag, 'formaction'), url).href;
}

/** The page's text, tags taken out and spaces made one. */
export function textOf({ html }: BrowserPage): string {
  return decoded(html.replaceAll(/<[^>]+>/g, ' ')).replaceAll(/[\s\u00a0\u202f]+/g, ' ');
}
