import { z } from 'zod';
import { OutgoingError } from '../../src/base/outgoing.ts';
import type { PageLocale } from '../pages.ts';
import { type RegistrationFault, registrationFault } from './faults.ts';
import {
  type ConfigurationReader,
  isJson,
  jsonOf,
  type PlatformConfiguration,
} from './platform-configuration.ts';
import { toolConfigurationClaim, toolRegistration } from './tool-registration.ts';

const id = z.union([z.string().min(1).max(255), z.number().int().transform(String)]);
const answerSchema = z.object({
  client_id: id,
  [toolConfigurationClaim]: z.object({ deployment_id: id.nullish() }).nullish(),
});

/** What a platform made of us. */
export interface RegisteredClient {
  readonly kind: 'registered';
  readonly clientId: string;
  /** Null where the platform deploys later (Canvas). */
  readonly deployment: string | null;
}

/** A platform's reason, where it is a plain word or sentence (Moodle: `token_already_used`). */
function reasonIn(body: string): string | null {
  return /^[\w .,:;'()/-]{1,200}$/.test(body.trim()) ? body.trim() : null;
}

/** Sends our registration to a platform (LTI Dynamic Registration 1.0 §3.5.2). The token is used once by Moodle. */
export async function registerWith(
  { outgoing }: Pick<ConfigurationReader, 'outgoing'>,
  given: {
    readonly platform: PlatformConfiguration;
    readonly token: string | null;
    readonly publicUrl: string;
    readonly locale: PageLocale;
  },
): Promise<RegisteredClient | RegistrationFault> {
  const { platform, token } = given;
  const answer = await outgoing(platform.registrationUrl, {
    method: 'POST',
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(toolRegistration(given)),
  }).catch((error: unknown) => {
    if (error instanceof OutgoingError) return error;
    throw error;
  });
  if (answer instanceof OutgoingError) return registrationFault('platform-unreachable', answer.message);
  const body = await answer.text();
  if (!answer.ok) return registrationFault('platform-refused', `status ${answer.status}`, reasonIn(body));
  if (!isJson(answer)) return registrationFault('answer-invalid', 'not application/json');
  const parsed = answerSchema.safeParse(jsonOf(body));
  if (!parsed.success)
    return registrationFault(
      'answer-invalid',
      parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '),
    );
  return {
    kind: 'registered',
    clientId: parsed.data.client_id,
    deployment: parsed.data[toolConfigurationClaim]?.deployment_id ?? null,
  };
}
