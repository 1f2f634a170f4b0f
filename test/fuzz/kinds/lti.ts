import { claimName } from '../../../lti/claims.ts';
import { parseForms } from '../../platform/html-forms.ts';
import { signToken } from '../../platform/sign-token.ts';
import type { Answer } from '../exchange.ts';
import { mutateBytes } from '../mutate-bytes.ts';
import { mutateTree } from '../mutate-tree.ts';
import { oddKey, WORDS } from '../odd.ts';
import { textOf, treeOf } from '../tree.ts';
import type { Kind, Trial } from '../trial.ts';
import { escaped, oddParameters, queryOf } from './query.ts';
import { headerValue } from './to-lrs.ts';

const FORM = 'application/x-www-form-urlencoded';
const ROLES = 'http://purl.imsglobal.org/vocab/lis/v2/membership#';

type Pairs = readonly (readonly [string, string])[];

function form(trial: Trial, path: string, pairs: Pairs, cookie: string, whole = false): Promise<Answer> {
  const { random } = trial;
  const body = Buffer.from(pairs.map(([name, value]) => `${escaped(name)}=${escaped(value)}`).join('&'));
  const changed = !whole && random.chance(0.1) ? mutateBytes(random, body) : body;
  const headers = { 'Content-Type': FORM, ...(cookie === '' ? {} : { Cookie: headerValue(cookie) }) };
  return trial.send({ method: 'POST', path, headers, body: changed });
}

/** What a platform begins a launch with. */
function initiation({ world: { platform } }: Trial, target: string) {
  return {
    iss: [platform.issuer],
    login_hint: ['17'],
    target_link_uri: [target],
    client_id: [platform.clientId],
    lti_deployment_id: [platform.deployment],
    lti_message_hint: ['{"cmid":5}'],
  };
}

function claimsOf(
  { random, world: { platform } }: Trial,
  nonce: string,
  target: string,
): Record<string, unknown> {
  const now = Math.floor(Date.now() / 1_000);
  return {
    iss: platform.issuer,
    aud: platform.clientId,
    sub: `p${random.below(300)}`,
    nonce,
    iat: now,
    exp: now + 60,
    name: 'Inès Roy',
    given_name: 'Inès',
    locale: 'fr',
    [claimName.messageType]: random.chance(0.9) ? 'LtiResourceLinkRequest' : 'LtiDeepLinkingRequest',
    [claimName.version]: '1.3.0',
    [claimName.deployment]: platform.deployment,
    [claimName.target]: target,
    [claimName.resourceLink]: { id: '5', title: 'Suivi', description: '' },
    [claimName.roles]: [`${ROLES}${random.pick(['Instructor', 'Learner', 'Observer'])}`],
    [claimName.context]: {
      id: platform.course,
      label: 'GP',
      title: 'Gestion de projet',
      type: ['CourseSection'],
    },
    [claimName.custom]: { cohort: 'c', groups: '1,2' },
    [claimName.presentation]: { locale: 'fr', return_url: `${platform.issuer}/return` },
    [claimName.toolPlatform]: { product_family_code: 'moodle', version: '2022112810' },
  };
}

function cookieOf(answer: Answer): string {
  const set = answer.headers['set-cookie'];
  return Array.isArray(set) ? set.map((each: string) => each.split(';')[0]).join('; ') : '';
}

/** A login as it should be: its state and nonce, and the cookie that binds the browser. */
async function logIn(trial: Trial, target: string) {
  const pairs = Object.entries(initiation(trial, target)).map(
    ([name, [value = '']]) => [name, value] as const,
  );
  const page = await form(trial, '/lti/login', pairs, '', true);
  const fields = parseForms(page.body.toString()).find(({ fields }) => 'state' in fields)?.fields ?? {};
  return { state: fields.state ?? '', nonce: fields.nonce ?? '', cookie: cookieOf(page) };
}

/** A token of the platform, signed whatever it says. */
function oddToken(trial: Trial, claims: Record<string, unknown>): string {
  const { random, world } = trial;
  const { key } = world.platform;
  const draw = random.below(10);
  if (draw < 4) {
    const tree = mutateTree(random, treeOf(claims), treeOf(claims));
    try {
      return signToken(JSON.parse(textOf(tree)), key);
    } catch {
      return signToken(claims, key, { header: { kid: random.pick(WORDS) } });
    }
  }
  const token = signToken(claims, key);
  if (draw < 6) return mutateBytes(random, Buffer.from(token)).toString('latin1');
  if (draw < 8) {
    const header = {
      [random.pick(['alg', 'kid', 'crit', 'b64', 'jku', 'jwk', 'x5c', 'typ', oddKey(random)])]:
        random.pick(WORDS),
    };
    return signToken(claims, key, {
      alg: random.pick(['RS256', 'RS256', 'none', 'HS256', 'PS256', 'RS512']),
      header,
    });
  }
  return token;
}

/** Launches as somebody, as the platform means it; answers the page it leads to and the cookie of its session. */
export async function launch(
  trial: Trial,
  origin: string,
): Promise<{ readonly path: string; readonly cookie: string } | null> {
  const target = `${origin}/lti/launch`;
  const { state, nonce, cookie } = await logIn(trial, target);
  const pairs = Object.entries({
    id_token: signToken(claimsOf(trial, nonce, target), trial.world.platform.key),
    state,
  });
  const answer = await form(trial, '/lti/launch', pairs, cookie, true);
  const { location } = answer.headers;
  return typeof location === 'string' ? { path: new URL(location).pathname, cookie: cookieOf(answer) } : null;
}

/** Logins and launches; `origin` is where the product says that it is. */
export function ltiKinds(origin: string): readonly Kind[] {
  const target = `${origin}/lti/launch`;
  return [
    {
      name: 'LTI logins',
      share: 12,
      run: (trial) => {
        const { random } = trial;
        const known = initiation(trial, random.chance(0.8) ? target : 'http://elsewhere.example/');
        const pairs = oddParameters(random, known, ['iss', 'login_hint', 'target_link_uri', 'client_id']);
        if (random.chance(0.5)) return form(trial, '/lti/login', pairs, '');
        return trial.send({
          method: 'GET',
          path: `/lti/login${queryOf(random, pairs)}`,
          headers: {},
          body: null,
        });
      },
    },
    {
      name: 'LTI launches',
      share: 16,
      run: async (trial) => {
        const { random } = trial;
        const { state, nonce, cookie } = await logIn(trial, target);
        const token = oddToken(trial, claimsOf(trial, nonce, target));
        const pairs: Pairs = [
          ['id_token', token],
          ['state', random.chance(0.9) ? state : random.pick(WORDS)],
          ...(random.chance(0.05) ? [['error', random.pick(WORDS)] as const] : []),
        ];
        const kept = random.chance(0.8) ? cookie : random.chance(0.5) ? '' : `${cookie.slice(0, -3)}; =;;a`;
        const page = await form(trial, '/lti/launch', pairs, kept);
        const [proof] = parseForms(page.body.toString()).filter(({ action }) => action.endsWith('/proof'));
        if (!proof) return;
        const fields = { ...proof.fields, bind: random.pick(['', cookie.split('=')[1] ?? '', 'x']) };
        await form(trial, '/lti/launch/proof', Object.entries(fields), '');
      },
    },
  ];
}
