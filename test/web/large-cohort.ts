import { ISSUER, startWorld, type World } from '../authorisation/world.ts';

const DAY = 86_400_000;
const LEARNERS = 5_000;
const UNITS = 30;
const SESSIONS = 6;
const WEEKS = 26;
const DONE = 'http://adlnet.gov/expapi/verbs/completed';
const ACT = 'http://adlnet.gov/expapi/verbs/attempted';

/** A world with `large`: 5,000 learners in half a year, of whom ever fewer go on; 36 units, six of them sessions. */
export async function makeLargeCohort(): Promise<World> {
  const world = await startWorld();
  const send = async (method: string, path: string, body: unknown) => {
    const { status, text } = await world.assidu.request(method, path, body);
    if (status >= 300) throw new Error(`${path}: ${status} ${text.slice(0, 500)}`);
  };
  const zero = Math.floor(Date.now() / DAY) * DAY - WEEKS * 7 * DAY;
  const at = (day: number, minute = 0) =>
    new Date(zero + day * DAY + 9 * 3_600_000 + minute * 60_000).toISOString();
  const unit = (index: number) => `https://lms.example/mod/page/view.php?id=${index}`;
  const session = (index: number) => `https://lms.example/session/${index}`;
  await send('PUT', '/api/v1/cohorts/large', {
    id: 'large',
    title: { fr: 'Une très grande promotion', en: 'A very large class' },
    kind: 'blended',
    startsOn: at(0).slice(0, 10),
    contexts: [{ platform: ISSUER, course: 'course-1' }],
    units: [
      ...Array.from({ length: UNITS }, (_, index) => ({
        id: unit(index),
        title: {
          fr: `Étape ${index + 1} : un titre de longueur usuelle`,
          en: `Step ${index + 1}: a usual title`,
        },
        plannedMinutes: 45,
        dueOn: at(6 * index + 10).slice(0, 10),
      })),
      ...Array.from({ length: SESSIONS }, (_, index) => ({
        id: session(index),
        title: { fr: `Séance ${index + 1}`, en: `Session ${index + 1}` },
        modality: 'virtual-class',
        satisfiedBy: 'Attended',
        startsAt: at(30 * index + 3),
        endsAt: at(30 * index + 3, 90),
      })),
    ],
    tags: { programme: 'Leadership' },
  });
  const actor = (index: number) => ({
    name: `Prénom${index} Nom-de-Famille-${index}`,
    account: { homePage: ISSUER, name: `large-${index}` },
  });
  for (let first = 0; first < LEARNERS; first += 1_000)
    await send(
      'POST',
      '/api/v1/cohorts/large/enrolments',
      Array.from({ length: 1_000 }, (_, index) => ({ actor: actor(first + index), enrolledAt: at(0) })),
    );
  const says = (index: number, verb: string, object: string, day: number) => ({
    actor: actor(index),
    verb: { id: verb },
    object: { id: object },
    timestamp: at(day, index % 600),
  });
  for (let first = 0; first < LEARNERS; first += 200)
    await send(
      'POST',
      '/xapi/statements',
      Array.from({ length: 200 }, (_, offset) => first + offset).flatMap((index) => {
        // Who stops early does so on a day of their own, so that curves have many steps.
        const steps = index % 17 === 0 ? 0 : (index * 31) % (UNITS + 1);
        const done = Array.from({ length: steps }, (_, step) =>
          says(index, DONE, unit(step), 6 * step + 1 + (index % 5)),
        );
        const joined = Array.from({ length: SESSIONS }, (_, step) => step)
          .filter((step) => steps * 6 > step * 30 && (index + step) % 3 > 0)
          .map((step) => says(index, 'http://activitystrea.ms/join', session(step), 30 * step + 3));
        return [...done, ...joined, says(index, ACT, unit(steps % UNITS), 6 * steps + 2)].slice(0, 24);
      }),
    );
  return world;
}
