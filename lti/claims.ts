import { z } from 'zod';
import { isWholeText } from '../src/base/whole-text.ts';

const lti = 'https://purl.imsglobal.org/spec/lti/claim';

/** Names of the claims of an LTI message (LTI 1.3 Core §5.3, Deep Linking 2.0 §4.4, AGS 2.0 §3.1, NRPS 2.0 §3.6). */
export const claimName = {
  messageType: `${lti}/message_type`,
  version: `${lti}/version`,
  deployment: `${lti}/deployment_id`,
  target: `${lti}/target_link_uri`,
  resourceLink: `${lti}/resource_link`,
  roles: `${lti}/roles`,
  roleScopeMentor: `${lti}/role_scope_mentor`,
  context: `${lti}/context`,
  custom: `${lti}/custom`,
  lis: `${lti}/lis`,
  ext: `${lti}/ext`,
  forUser: `${lti}/for_user`,
  presentation: `${lti}/launch_presentation`,
  toolPlatform: `${lti}/tool_platform`,
  deepLinking: 'https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings',
  grades: 'https://purl.imsglobal.org/spec/lti-ags/claim/endpoint',
  memberships: 'https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice',
} as const;

const text = z.string().nullish();
/** At most 255 characters (LTI 1.3 Core 5.3.3, 5.3.5, 5.3.6, 5.4.1), all of which addresses and databases keep. */
const identifier = z
  .string()
  .min(1)
  .max(255)
  .refine(isWholeText, 'must have neither NUL nor half a surrogate pair');
const values = z.record(z.string(), z.unknown()).nullish();
const httpUrl = z.url({ protocol: /^https?$/ });

const fields = z.object({
  iss: z.string(),
  sub: identifier,
  nonce: z.string().min(1),
  iat: z.number(),
  exp: z.number(),
  name: text,
  given_name: text,
  family_name: text,
  email: text,
  locale: text,
  [claimName.messageType]: z.enum([
    'LtiResourceLinkRequest',
    'LtiDeepLinkingRequest',
    'LtiSubmissionReviewRequest',
  ]),
  [claimName.version]: z.literal('1.3.0'),
  [claimName.deployment]: identifier,
  [claimName.target]: z.string().min(1),
  [claimName.roles]: z.array(z.string()),
  [claimName.roleScopeMentor]: z.unknown().optional(),
  [claimName.resourceLink]: z.object({ id: identifier, title: text, description: text }).nullish(),
  [claimName.context]: z.object({ id: identifier, label: text, title: text }).nullish(),
  [claimName.custom]: values,
  [claimName.lis]: values,
  [claimName.ext]: values,
  [claimName.forUser]: z.object({ user_id: identifier }).nullish(),
  [claimName.presentation]: z.object({ locale: text, return_url: text, document_target: text }).nullish(),
  [claimName.toolPlatform]: z.object({ product_family_code: text, name: text, guid: text }).nullish(),
  [claimName.deepLinking]: z
    .object({
      deep_link_return_url: httpUrl,
      accept_types: z.array(z.string()),
      accept_presentation_document_targets: z.array(z.string()),
      accept_multiple: z.boolean().nullish(),
      accept_lineitem: z.boolean().nullish(),
      data: text,
      title: text,
      text,
    })
    .nullish(),
  [claimName.grades]: z.object({ scope: z.array(z.string()), lineitems: text, lineitem: text }).nullish(),
  [claimName.memberships]: z.object({ context_memberships_url: z.string() }).nullish(),
});

/** A message's claims as they are read here; what we do not read is dropped. */
export const claimsSchema = fields.superRefine((claims, context) => {
  const need = (name: keyof typeof claims): void => {
    if (claims[name] == null) context.addIssue({ code: 'custom', path: [name], message: 'missing' });
  };
  const type = claims[claimName.messageType];
  if (type === 'LtiDeepLinkingRequest') need(claimName.deepLinking);
  else need(claimName.resourceLink);
  if (type === 'LtiSubmissionReviewRequest') need(claimName.forUser);
});

export type LtiClaims = z.output<typeof claimsSchema>;
