import type { Statement } from '../statement/types.ts';

/** logstore_xapi names the Moodle event it translates in this context extension (recorded from 4.9.0). */
const INFO = 'http://lrs.learninglocker.net/define/extensions/info';

/** The Moodle event behind a statement of logstore_xapi, such as `\core\event\course_viewed`; null for other sources. */
export function moodleEvent(statement: Statement): string | null {
  const info = statement.context?.extensions?.[INFO];
  if (typeof info !== 'object' || info === null || !('event_name' in info)) return null;
  return typeof info.event_name === 'string' ? info.event_name : null;
}

/** Moodle's own conclusion that a module or a course is completed, or no longer: satisfies, but nobody came back for it. */
export function isMoodleConclusion(event: string | null): boolean {
  return (
    event === '\\core\\event\\course_module_completion_updated' || event === '\\core\\event\\course_completed'
  );
}

/** Somebody looked at a page. The plugin then names as instructor whoever the page is from: a learner reads their feedback. */
export function isMoodleView(event: string | null): boolean {
  return event?.endsWith('_viewed') ?? false;
}

/** SCORM statuses become `completed` whatever they were, even incomplete: the module's own completion is heard instead. */
export function isDistrustedScorm(event: string | null): boolean {
  return event?.startsWith('\\mod_scorm\\') ?? false;
}

/** A link to an external tool, such as this product, in a Moodle course. */
export function isMoodleTool(activityId: string): boolean {
  return activityId.includes('/mod/lti/view.php');
}
