import { Bar, documentOf, type Frame } from './pages.tsx';
import type { RegisteredTool } from './registration.ts';

/** The administrator's page: the tools that registered themselves, and a frame in which another one does. */
export function toolsPage(frame: Frame, tools: readonly RegisteredTool[], address: string | null): string {
  const { words } = frame;
  return documentOf(
    frame,
    words.tools,
    <>
      <Bar frame={frame} />
      <main class="chooser">
        <h1>{words.tools}</h1>
        {address !== null ? (
          <iframe name="registration" title={words.addTool} src={address} />
        ) : (
          <section class="card">
            {tools.length === 0 && <p>{words.noTool}</p>}
            <ul>
              {tools.map(({ clientId, body }) => (
                <li key={clientId}>
                  {String(body.client_name)} <code>{clientId}</code>
                </li>
              ))}
            </ul>
            <form method="get">
              <label>
                {words.toolUrl} <input name="tool" type="url" required />
              </label>{' '}
              <button type="submit">{words.addTool}</button>
            </form>
          </section>
        )}
      </main>
    </>,
  );
}
