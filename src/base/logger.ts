type Line = (fields: Readonly<Record<string, unknown>>, message: string) => void;

/** What the parts of the application need of a logger (pino fits). */
export interface Logger {
  readonly info: Line;
  readonly warn: Line;
  readonly error: Line;
}
