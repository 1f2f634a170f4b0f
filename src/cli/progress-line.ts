// Nothing of it is needed in a pipe.
const library = process.stderr.isTTY ? await import('cli-progress') : null;

/** Progress of long work: a line on a terminal, silence in a pipe. */
export interface ProgressLine {
  readonly update: (done: number) => void;
  /** Makes room for another line on the terminal. */
  readonly clear: () => void;
  readonly end: () => void;
}

export function progressLine(unit: string): ProgressLine {
  if (library === null) return { update: () => undefined, clear: () => undefined, end: () => undefined };
  const { Presets, SingleBar } = library;
  const bar = new SingleBar(
    { format: `{value} ${unit} · {duration_formatted}`, stream: process.stderr, clearOnComplete: true },
    Presets.legacy,
  );
  bar.start(0, 0);
  return {
    update: (done) => {
      bar.setTotal(done);
      bar.update(done);
    },
    clear: () => process.stderr.write('\r\u001B[K'),
    end: () => bar.stop(),
  };
}
