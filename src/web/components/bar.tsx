/** A share 0..1 as a bar. The number stands beside it in text, so the picture is hidden from readers of text. */
export function Bar({ share, tone = 'accent' }: { share: number; tone?: string }) {
  return (
    <svg class="bar" width="100%" height="6" aria-hidden="true">
      <rect class="bar-track" width="100%" height="6" rx="3" />
      {share > 0 && <rect class={`fill-${tone}`} width={`${share * 100}%`} height="6" rx="3" />}
    </svg>
  );
}
