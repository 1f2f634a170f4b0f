/** The step that long work is at: a line on a terminal, silence in a pipe. */
export interface StepLine {
  readonly show: (step: string) => void;
  readonly end: () => void;
}

const CLEAR = '\r\u001B[K';

export function stepLine(): StepLine {
  if (!process.stderr.isTTY) return { show: () => undefined, end: () => undefined };
  return {
    show: (step) => process.stderr.write(`${CLEAR}${step}…`),
    end: () => process.stderr.write(CLEAR),
  };
}
