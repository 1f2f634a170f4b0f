/** How a command line names the option at this path of what commander parsed: requestsPerMinute -> --requests-per-minute. */
export function optionName(path: readonly PropertyKey[]): string {
  return `--${String(path[0]).replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
