import type { ComponentChildren } from 'preact';

/** A word whose definition opens beneath it. Works without scripts, and in a frame whose page cannot scroll. */
export function Term({ children, definition }: { children: ComponentChildren; definition: string }) {
  return (
    <details class="term">
      <summary>{children}</summary>
      <p>{definition}</p>
    </details>
  );
}
