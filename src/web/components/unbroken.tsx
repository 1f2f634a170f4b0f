/** A text of which one part (an interval, a duration) stays on one line; browsers would break it after its dash. */
export function Unbroken({ text, part }: { readonly text: string; readonly part?: string | undefined }) {
  const at = part === undefined ? -1 : text.indexOf(part);
  if (part === undefined || at < 0) return <>{text}</>;
  return (
    <>
      {text.slice(0, at)}
      <span class="unbroken">{part}</span>
      {text.slice(at + part.length)}
    </>
  );
}
