import { createHash } from 'node:crypto';

/** A statement of the size and shape that Moodle's plugin sends (about 1.3 kB), the n-th of a made-up stream. */
export function benchStatement(
  n: number,
  options: { readonly learners: number; readonly courses: number },
): string {
  const course = n % options.courses;
  const unit = Math.floor(n / options.courses) % 12;
  const learner = Math.floor(n / 7) % options.learners;
  const lms = 'https://moodle.example.org';
  return JSON.stringify({
    id: benchId(n),
    actor: { name: `Apprenant ${learner}`, account: { homePage: lms, name: String(learner) } },
    verb: { id: 'http://id.tincanapi.com/verb/viewed', display: { en: 'Viewed' } },
    object: {
      objectType: 'Activity',
      id: `${lms}/mod/page/view.php?id=${100 * course + unit}`,
      definition: { type: 'https://w3id.org/xapi/acrossx/activities/page', name: { en: `Page ${unit}` } },
    },
    context: {
      platform: 'Moodle',
      language: 'fr',
      extensions: {
        'http://lrs.learninglocker.net/define/extensions/info': {
          'http://moodle.org': '4.1.10 (Build: 20240422)',
          'https://github.com/xAPI-vle/moodle-logstore_xapi': '4.9.0',
          event_name: '\\mod_page\\event\\course_module_viewed',
          event_function: '\\src\\transformer\\events\\all\\course_module_viewed',
        },
      },
      contextActivities: {
        parent: [
          {
            id: `${lms}/course/section.php?id=${course}`,
            definition: { type: 'http://id.tincanapi.com/activitytype/section' },
          },
          {
            id: `${lms}/course/view.php?id=${course}`,
            definition: { type: 'https://w3id.org/xapi/cmi5/activitytype/course' },
          },
        ],
        category: [
          {
            id: lms,
            definition: { type: 'http://id.tincanapi.com/activitytype/lms', name: { en: 'Campus' } },
          },
        ],
      },
    },
    timestamp: new Date(1_790_000_000_000 + n * 1_000).toISOString(),
  });
}

/** The id of the n-th: spread as random ones are (RFC 4122 version 4), and the same at every run. */
export function benchId(n: number): string {
  const hex = createHash('sha1').update(String(n)).digest('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`];
  return [...parts, hex.slice(20, 32)].join('-');
}
