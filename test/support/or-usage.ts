/** What `read` makes of the arguments; `--help` prints the usage and ends, what cannot be read ends with it and code 2. */
export function orUsage<T>(usage: string, read: () => T): T {
  const asked = process.argv.slice(2);
  if (asked.includes('--help') || asked.includes('-h')) {
    process.stdout.write(`${usage}\n`);
    process.exit(0);
  }
  try {
    return read();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}\n`);
    process.exit(2);
  }
}
