import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { DemoCourse, DemoLink, DemoUser } from './demo-types.ts';
import type { Words } from './words.ts';

/** What every page of the LMS shows around its content. */
export interface Frame {
  readonly profile: 'moodle' | 'canvas';
  readonly site: string;
  readonly words: Words;
  readonly user?: DemoUser | undefined;
  /** The frame in which this LMS keeps values for tools: its page itself when `_parent`, none when absent. */
  readonly storage?: 'post_message_forwarding' | '_parent' | undefined;
}

function initials(user: DemoUser): string {
  return (user.givenName.charAt(0) + user.familyName.charAt(0)).toUpperCase();
}

/** A whole page of the LMS. */
export function documentOf(frame: Frame, title: string, content: ComponentChildren, bodyClass = ''): string {
  const page = (
    <html lang={frame.words.lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} | ${frame.site}`}</title>
        <link rel="stylesheet" href="/assets/lms.css" />
        <link rel="stylesheet" href={`/assets/${frame.profile}.css`} />
        <script src="/assets/lms.js" defer />
        {frame.storage === '_parent' && <script src="/assets/tool-storage.js" defer />}
      </head>
      <body class={`${frame.profile} ${bodyClass}`} data-storage={frame.storage}>
        {content}
      </body>
    </html>
  );
  return `<!DOCTYPE html>\n${renderToString(page)}`;
}

/** The bar on top of every page that is not inside a frame. */
export function Bar({ frame }: { readonly frame: Frame }) {
  const { user, words, site } = frame;
  return (
    <header class="bar">
      <a class="site" href="/">
        <span class="mark" aria-hidden="true">
          {site.charAt(0).toUpperCase()}
        </span>
        <span class="site-name">{site}</span>
      </a>
      {user === undefined ? null : (
        <a class="who" href="/" title={words.change}>
          <span class="avatar" aria-hidden="true">
            {initials(user)}
          </span>
          <span class="who-name">{user.name}</span>
        </a>
      )}
    </header>
  );
}

function groupsOf(
  users: readonly DemoUser[],
  words: Words,
): readonly (readonly [string, readonly DemoUser[]])[] {
  const has = (user: DemoUser, pattern: RegExp): boolean => user.roles.some((role) => pattern.test(role));
  const staff = /\/membership(\/\w+)?#(Instructor|TeachingAssistant|ContentDeveloper|Mentor|Administrator)$/;
  const isStaff = (user: DemoUser): boolean => has(user, staff);
  const isLearner = (user: DemoUser): boolean => !isStaff(user) && has(user, /\/membership#Learner$/);
  const groups: readonly (readonly [string, readonly DemoUser[]])[] = [
    [words.staff, users.filter(isStaff)],
    [words.learners, users.filter(isLearner)],
    [words.others, users.filter((user) => !isStaff(user) && !isLearner(user))],
  ];
  return groups.filter(([, people]) => people.length > 0);
}

/** The first page: every course with the people one can be in it. */
export function chooserPage(
  frame: Frame,
  courses: readonly { readonly course: DemoCourse; readonly members: readonly DemoUser[] }[],
): string {
  const { words } = frame;
  return documentOf(
    frame,
    words.courses,
    <>
      <Bar frame={frame} />
      <main class="chooser">
        <h1>{words.courses}</h1>
        <p class="hint">{words.demo}</p>
        {courses.map(({ course, members }) => (
          <section class="card" key={course.id}>
            <p class="label">{course.label}</p>
            <h2>{course.title}</h2>
            {groupsOf(members, words).map(([title, people]) => (
              <div class="people" key={title}>
                <h3>{title}</h3>
                <ul>
                  {people.map((user) => (
                    <li key={user.id}>
                      <a href={`/course/${encodeURIComponent(course.id)}?as=${encodeURIComponent(user.id)}`}>
                        <span class="avatar" aria-hidden="true">
                          {initials(user)}
                        </span>
                        {user.name}
                      </a>
                    </li>
                  ))}
                </ul>
              </div>
            ))}
          </section>
        ))}
      </main>
    </>,
  );
}

/** A course as one person sees it: its links, and the frame in which the chosen one runs. */
export function coursePage(
  frame: Frame & { readonly user: DemoUser },
  course: DemoCourse,
  {
    link,
    client,
    asked,
  }: {
    readonly link: DemoLink | undefined;
    readonly client: string | undefined;
    /** Another message than the link's own launch: deep linking, or whose work is reviewed. */
    readonly asked: Readonly<Record<string, string>>;
  },
): string {
  const { words, user } = frame;
  const query = new URLSearchParams({ as: user.id, ...(client === undefined ? {} : { client }) });
  const id = encodeURIComponent(course.id);
  return documentOf(
    frame,
    course.title,
    <>
      <Bar frame={frame} />
      <div class="course">
        <nav class="index" aria-label={words.content}>
          <p class="label">{course.label}</p>
          <ul>
            {course.links.map((item) => (
              <li key={item.id}>
                <a
                  href={`/course/${id}?${query}&link=${encodeURIComponent(item.id)}`}
                  aria-current={item === link ? 'page' : undefined}
                >
                  {item.title}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <main>
          <p class="crumbs">
            <a href="/">{words.courses}</a> <span aria-hidden="true">›</span>{' '}
            <a href={`/course/${id}?${query}`}>{course.title}</a>
          </p>
          <h1>{link?.title ?? course.title}</h1>
          {link === undefined || client === undefined ? (
            <p class="hint">{words.noTool}</p>
          ) : (
            <iframe
              name="tool"
              title={link.title}
              src={frameAddress(course, link, new URLSearchParams([...query, ...Object.entries(asked)]))}
              allow="fullscreen"
            />
          )}
        </main>
      </div>
      {frame.storage === 'post_message_forwarding' && (
        <iframe name={frame.storage} src="/post_message_forwarding" title="post_message_forwarding" hidden />
      )}
    </>,
  );
}

/** Where the frame of a course page begins: whoever places links begins at the course itself. */
function frameAddress(course: DemoCourse, link: DemoLink, query: URLSearchParams): string {
  const own = query.get('message') === 'LtiDeepLinkingRequest' ? '' : `/${encodeURIComponent(link.id)}`;
  return `/launch/${encodeURIComponent(course.id)}${own}?${query}`;
}

/** The frame of Canvas's own host beside the tool's: it keeps values for tools. */
export function storagePage(): string {
  return '<!DOCTYPE html><html lang="en"><title>Storage</title><script src="/assets/tool-storage.js"></script></html>';
}

/** A form that the page's script submits at once; without a script there is a button. */
export function submittingPage(
  frame: Frame,
  form: {
    readonly id: string;
    readonly method: 'get' | 'post';
    readonly action: string;
    readonly fields: Readonly<Record<string, string>>;
  },
): string {
  return documentOf(
    frame,
    frame.words.opening,
    <form id={form.id} method={form.method} action={form.action} data-auto-submit>
      {Object.entries(form.fields).map(([name, value]) => (
        <input type="hidden" name={name} value={value} key={name} />
      ))}
      <p>{frame.words.opening}</p>
      <button type="submit">{frame.words.continue}</button>
    </form>,
    'inside',
  );
}

/** A page of the LMS itself inside the tool's frame or instead of it: a refusal, an error, a return. */
export function messagePage(
  frame: Frame,
  title: string,
  text: string,
  back?: { readonly href: string },
): string {
  return documentOf(
    frame,
    title,
    <main class="message">
      <h1>{title}</h1>
      <p>{text}</p>
      {back === undefined ? null : (
        <p>
          <a href={back.href} target="_top">
            {frame.words.back}
          </a>
        </p>
      )}
    </main>,
    'inside',
  );
}
