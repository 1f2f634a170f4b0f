import { describe, expect, it } from 'vitest';
import { claimName, claimsSchema } from '../../../lti/claims.ts';
import { toldServices } from '../../../lti/services/told-services.ts';
import { registration } from './scripted-fetch.ts';

const claims = (roster: string, items?: string, item?: string) =>
  claimsSchema.parse({
    iss: registration.issuer,
    sub: '4',
    nonce: 'n',
    iat: 1,
    exp: 2,
    [claimName.messageType]: 'LtiResourceLinkRequest',
    [claimName.version]: '1.3.0',
    [claimName.deployment]: '1',
    [claimName.target]: 'https://tool.example/',
    [claimName.roles]: [],
    [claimName.resourceLink]: { id: '1' },
    [claimName.memberships]: { context_memberships_url: roster },
    [claimName.grades]: { scope: ['s'], lineitems: items, lineitem: item },
  });
const home = 'http://localhost:8090';
const canvas = {
  ...registration,
  issuer: 'https://canvas.instructure.com',
  authUrl: 'https://sso.canvaslms.com/auth',
  tokenUrl: 'https://sso.canvaslms.com/token',
  jwksUrl: 'https://sso.canvaslms.com/jwks',
  frameOrigins: ['https://school.instructure.com'],
};

describe('the services that a launch tells of', () => {
  it('are those on the platform’s own origins', () => {
    expect(toldServices(claims(`${home}/r`, `${home}/i?type_id=1`, `${home}/i/4`), registration)).toEqual({
      membershipsUrl: `${home}/r`,
      lineItemsUrl: `${home}/i?type_id=1`,
      lineItemUrl: `${home}/i/4`,
      scopes: ['s'],
      foreign: [],
    });
    expect(toldServices(claims('https://school.instructure.com/r'), canvas)).toMatchObject({
      membershipsUrl: 'https://school.instructure.com/r',
      lineItemsUrl: null,
    });
  });

  it.each([
    'http://localhost:8091/r?secret=1',
    'https://localhost:8090/r',
    'http://user:pw@localhost:8090/r',
    'http://169.254.169.254/latest',
    'file:///etc/passwd',
    'nothing',
  ])('are not %s, which is told without its query', (url) => {
    const told = toldServices(claims(url), registration);
    expect(told.membershipsUrl).toBeNull();
    expect(told.foreign).toEqual([url.split('?')[0]]);
  });

  it('are not plain http where the platform has https, nor what the platform left unresolved', () => {
    expect(toldServices(claims('http://school.instructure.com/r'), canvas).membershipsUrl).toBeNull();
    expect(toldServices(claims('$Context.memberships.url'), canvas)).toMatchObject({
      membershipsUrl: null,
      foreign: [],
    });
  });
});
