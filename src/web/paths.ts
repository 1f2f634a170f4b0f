/** Where the pages of a launch live; every launch has its own, so that two tabs are two sessions. */
export function launchPath(launchId: string): string {
  return `/app/${encodeURIComponent(launchId)}`;
}

/** Where a cohort lives that was chosen among several. */
export function cohortPath(launchId: string, cohortId: string): string {
  return `${launchPath(launchId)}/cohorts/${encodeURIComponent(cohortId)}`;
}
