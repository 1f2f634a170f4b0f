import { REGISTER_STATUSES } from '../../cohorts/register-entries.ts';

type Answers = (description: string) => object;
type Body = (schema: object) => object;

const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
const actor = { type: 'object', description: 'xAPI agent: any identity of the learner' };
const session = { type: 'string', description: 'Id of a unit satisfied by Attended' };
const unit = { type: 'string', description: 'Id of a unit' };

function listOf(properties: object, required: readonly string[]) {
  return {
    type: 'array',
    maxItems: 10_000,
    items: { type: 'object', additionalProperties: false, required, properties },
  };
}

/** The part of the description that is about registers and waivers. */
export function attendancePaths(paging: readonly object[], answers: Answers, body: Body) {
  const counts = 'How many were recorded, how many said nothing new';
  return {
    '/cohorts/{id}/attendance': {
      parameters: [id],
      get: {
        summary: 'Register entries that hold, with who recorded them and when',
        parameters: [{ name: 'session', in: 'query', schema: session }, ...paging],
        responses: answers('A page of entries, by session'),
      },
      post: {
        summary: 'Record register entries, all or nothing; they win over joins and leaves',
        requestBody: body(
          listOf(
            {
              actor,
              session,
              status: { enum: REGISTER_STATUSES },
              minutes: { type: 'number', minimum: 0, description: 'With present; absent: the whole session' },
            },
            ['actor', 'session', 'status'],
          ),
        ),
        responses: answers(counts),
      },
      delete: {
        summary: 'Take register entries out: what holds then is what joins and leaves tell',
        requestBody: body(listOf({ actor, session }, ['actor', 'session'])),
        responses: answers(counts),
      },
    },
    '/cohorts/{id}/waivers': {
      parameters: [id],
      get: {
        summary: 'Waivers that hold, with who recorded them and when',
        parameters: paging,
        responses: answers('A page of waivers, by unit'),
      },
      post: {
        summary: 'Waive units for learners, all or nothing',
        requestBody: body(
          listOf({ actor, unit, reason: { type: 'string', minLength: 1, maxLength: 500 } }, [
            'actor',
            'unit',
            'reason',
          ]),
        ),
        responses: answers(counts),
      },
      delete: {
        summary: 'Take waivers back',
        requestBody: body(listOf({ actor, unit }, ['actor', 'unit'])),
        responses: answers(counts),
      },
    },
  };
}
