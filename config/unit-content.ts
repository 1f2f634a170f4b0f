import { z } from 'zod';

/** Names that launches put into the query of the content's address; its own query must leave them free. */
const LAUNCH_PARAMETERS: readonly string[] = [
  'endpoint',
  'auth',
  'fetch',
  'actor',
  'registration',
  'activity_id',
  'activityId',
  'activity_platform',
  'grouping',
  'Accept-Language',
];

const contentUrl = z
  .string()
  .max(2_000)
  .refine(isWebAddress, 'must be an https address, without a user name (http only on localhost)')
  .refine(
    (text) => !URL.canParse(text) || LAUNCH_PARAMETERS.every((name) => !new URL(text).searchParams.has(name)),
    `must not have a parameter of a launch: ${LAUNCH_PARAMETERS.join(', ')}`,
  );

/** What learners do on the page that we show for a unit, where the platform tells nothing of it itself. */
export const unitContent = z
  .strictObject({
    /** Where the content is. */
    url: contentUrl.optional(),
    /** link: a page like any other; xapi: with the launch parameters of xAPI; cmi5: as an assignable unit. */
    launch: z.enum(['link', 'xapi', 'cmi5']).optional(),
    /** Whether learners say themselves that they have done it; with `link` and without `url` they do. */
    markAsDone: z.boolean().optional(),
    /** cmi5: the publisher's id of the assignable unit; the unit's own id must be another one (cmi5 8.1.5). */
    publisherId: z
      .string()
      .max(2_000)
      .regex(/^[a-zA-Z][a-zA-Z0-9+.-]*:\S+$/, 'must be an absolute IRI')
      .optional(),
  })
  .check((ctx) => {
    const { url, launch, markAsDone, publisherId } = ctx.value;
    const fault = (path: string[], message: string) =>
      ctx.issues.push({ code: 'custom', input: ctx.value, path, message });
    if (url === undefined && launch !== undefined) fault(['url'], `is needed with launch: ${launch}`);
    else if (url === undefined && markAsDone !== true) fault([], 'needs a url, or markAsDone: true');
    if (url !== undefined && launch === undefined)
      fault(['launch'], 'is needed with a url: link, xapi or cmi5');
    if (publisherId !== undefined && launch !== 'cmi5')
      fault(['publisherId'], 'is only for content with launch: cmi5');
  });

export type UnitContent = z.output<typeof unitContent>;

function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  const here = hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
  return (protocol === 'https:' || (protocol === 'http:' && here)) && username === '' && password === '';
}

/** What satisfies units that a completion can satisfy. */
const BY_COMPLETION: readonly string[] = ['Completed', 'CompletedOrPassed'];

/** Whether learners may mark a unit of ours as done. */
export function isMarkedAsDone(unit: {
  readonly satisfiedBy: string;
  readonly content?: UnitContent | undefined;
}): boolean {
  const { content, satisfiedBy } = unit;
  if (content === undefined) return false;
  return content.markAsDone ?? (content.launch === 'link' && BY_COMPLETION.includes(satisfiedBy));
}

/** What is wrong with the content of a unit, beside its own fields; paths within the unit. */
export function contentFaults(unit: {
  readonly id: string;
  readonly satisfiedBy: string;
  readonly content?: UnitContent | undefined;
}): readonly { readonly path: string[]; readonly message: string }[] {
  const { id, content, satisfiedBy } = unit;
  if (content === undefined) return [];
  return [
    ...(content.markAsDone === true && !BY_COMPLETION.includes(satisfiedBy)
      ? [{ path: ['content', 'markAsDone'], message: `does not satisfy a unit satisfied by ${satisfiedBy}` }]
      : []),
    ...(content.launch === 'cmi5' && (content.publisherId ?? content.url) === id
      ? [
          {
            path: ['content', 'publisherId'],
            message: 'must not be the id of the unit (cmi5 8.1.5); without it the url stands for it',
          },
        ]
      : []),
  ];
}
