import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { describing } from '../xapi/attachment-requests.ts';
import { attachmentPart, layOut } from '../xapi/multipart-body.ts';
import { completion, ENROLLED } from './prepare.ts';

/** A request with statements, and what is known of it. */
export interface SentRequest {
  readonly kind: Kind;
  /** Texts of the statements that are to be kept, by their ids: all of them, or none. */
  readonly good: ReadonlyMap<string, string>;
  /** Texts of those that are to go to the quarantine. */
  readonly bad: readonly string[];
  /** Bytes attached to the one statement. */
  readonly attached: readonly Buffer[];
  acknowledged: boolean;
}

type Kind = 'batch' | 'lenient' | 'attachments' | 'single';

/** Attached to every statement that has attachments, beside what is its own. */
const COMMON = randomBytes(300_000);
const BOUNDARY = 'abcABC0123';

/** The text of a statement whose digits no parser would give back. */
function textOf(id: string, contents: readonly Buffer[] = []): string {
  const attachments = contents.map((content) => describing(content));
  const statement = { ...completion(randomInt(2 * ENROLLED), id), result: { score: { raw: 'RAW' } } };
  const whole = contents.length === 0 ? statement : { ...statement, attachments };
  return JSON.stringify(whole).replace('"RAW"', `${randomInt(100)}.50e0`);
}

/** Makes up a request of a kind. */
export function newRequest(kind: Kind): SentRequest {
  const attached =
    kind === 'attachments' ? [randomBytes(Math.random() < 0.8 ? 5_000 : 1_200_000), COMMON] : [];
  const length = kind === 'batch' || kind === 'lenient' ? randomInt(1, 30) : 1;
  const ids = Array.from({ length }, () => randomUUID());
  const bad =
    kind === 'lenient'
      ? Array.from({ length: randomInt(1, 5) }, () => `{ "id": "${randomUUID()}", "n": 1.50 }`)
      : [];
  return {
    kind,
    good: new Map(ids.map((id) => [id, textOf(id, attached)])),
    bad,
    attached,
    acknowledged: false,
  };
}

/** Sends it and notes whether it was acknowledged. Throws TypeError when the connection broke. */
export async function sendRequest(url: string, authorization: string, request: SentRequest): Promise<void> {
  const { kind, good, bad, attached } = request;
  const [[id, text] = ['', '']] = good;
  const list = `[${[...good.values(), ...bad].toSorted(() => Math.random() - 0.5).join(',')}]`;
  const parts = [
    { headers: ['Content-Type: application/json'], content: text },
    ...attached.map((each) => attachmentPart(each)),
  ];
  const how = {
    batch: { method: 'POST', query: '', type: 'application/json', body: list },
    lenient: { method: 'POST', query: '?assidu:onInvalid=skip', type: 'application/json', body: list },
    single: { method: 'PUT', query: `?statementId=${id}`, type: 'application/json', body: text },
    attachments: {
      method: 'POST',
      query: '',
      type: `multipart/mixed; boundary=${BOUNDARY}`,
      body: kind === 'attachments' ? new Uint8Array(layOut(BOUNDARY, parts)) : '',
    },
  }[kind];
  const response = await fetch(`${url}/xapi/statements${how.query}`, {
    method: how.method,
    headers: { authorization, 'content-type': how.type, 'X-Experience-API-Version': '1.0.3' },
    body: how.body,
  });
  const answer = await response.text();
  const expected = kind === 'single' ? 204 : 200;
  if (response.status !== expected) throw new Error(`${kind} was answered ${response.status}: ${answer}`);
  if (kind !== 'single' && JSON.parse(answer).length !== good.size)
    throw new Error(`${kind} was answered ${answer}`);
  request.acknowledged = true;
}
