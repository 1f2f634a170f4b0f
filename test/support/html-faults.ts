import { HtmlValidate } from 'html-validate';

const validator = new HtmlValidate({
  // The HTML standard alone: no taste, and nothing that axe looks at.
  extends: ['html-validate:standard'],
  rules: {
    // Preact writes them so; the standard allows both.
    'void-style': 'off',
    'no-inline-style': 'error',
    'script-type': 'error',
  },
});

/** The validator takes `details` for sectioning content, which it is not (HTML standard §3.2.5.2.3). */
const NO_FAULT = '<details> element is not permitted as a descendant of <th>';

/** What is wrong with a page by the HTML standard, and what our content policy would not let run; nothing when all is well. */
export async function htmlFaults(html: string): Promise<readonly string[]> {
  const report = await validator.validateString(html);
  const faults = report.results.flatMap(({ messages }) =>
    messages
      .filter(({ message }) => message !== NO_FAULT)
      .map(({ line, column, ruleId, message }) => `${line}:${column} ${ruleId}: ${message}`),
  );
  const inline = /<script(?![^>]*\ssrc=)|<style|\son\w+=/i.exec(html);
  return inline ? [...faults, `inline: ${inline[0]}`] : faults;
}
