import type { State } from '../../metrics/types.ts';
import type { Texts } from '../intl.ts';

/** A small square in a state's colour; the word always stands beside it. */
export function Swatch({ state }: { state: State }) {
  return (
    <svg class="swatch" width="12" height="12" aria-hidden="true">
      <rect class={`fill-${state}`} width="12" height="12" rx="3" />
    </svg>
  );
}

export function StateChip({ state, texts }: { state: State; texts: Texts }) {
  return (
    <span class={`chip chip-${state}`}>
      <Swatch state={state} />
      {texts.t(`state.${state}`)}
    </span>
  );
}
