/** OAuth scopes of the platform's services (NRPS 2.0 §3.6.1, AGS 2.0 §3.1). */
export const serviceScope = {
  memberships: 'https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly',
  lineItems: 'https://purl.imsglobal.org/spec/lti-ags/scope/lineitem',
  scores: 'https://purl.imsglobal.org/spec/lti-ags/scope/score',
} as const;
