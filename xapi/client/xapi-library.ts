import XAPI from '@xapi/xapi';
import type { LrsAnswer } from './lrs-client.ts';

type Config = ConstructorParameters<typeof XAPI.default>[0];
/** How the library hands over a request. */
export type AdapterFunction = Exclude<NonNullable<Config['adapter']>, string>;

/** The library's client with requests whose content is sent as it stands. */
export class RawXapi extends XAPI.default {
  post(version: string, contentType: string, data: unknown): Promise<{ readonly data: LrsAnswer }> {
    return this.requestURL<LrsAnswer>(`${this.endpoint}statements`, {
      method: 'POST',
      headers: { 'X-Experience-API-Version': version, 'Content-Type': contentType },
      data,
    });
  }

  get(version: string, url: string): Promise<{ readonly data: LrsAnswer }> {
    return this.requestURL<LrsAnswer>(url, {
      method: 'GET',
      headers: { 'X-Experience-API-Version': version, Accept: 'multipart/mixed, application/json' },
    });
  }
}
