import { z } from 'zod';
import { AssiduError, type Problem } from '../base/errors.ts';
import type { Logo, OrganisationRecord, OrganisationStore } from '../storage/ports/organisation-store.ts';
import { type LogoFault, readLogo } from './read-logo.ts';

export type Organisation = OrganisationRecord;

/** What an organisation says of itself; what is left out stays as it was, null takes it away. */
export interface OrganisationChange {
  readonly name?: { readonly fr?: string | null; readonly en?: string | null };
  readonly website?: string | null;
  readonly logo?: Uint8Array | null;
}

/** How organisations appear on reports and other pages that are handed out. */
export interface Organisations {
  /** As it stands; names null and no logo where nothing was said. */
  show(org: string): Promise<Organisation>;
  /** Throws `invalid-request` with a problem for each field at fault (`name.fr`, `website`, `logo`); nothing is kept then. */
  set(org: string, change: OrganisationChange): Promise<Organisation>;
  /** A logo by organisation and digest; null when it is not, or no longer, that one. */
  logo(org: string, sha256: string): Promise<Logo | null>;
}

const name = z.string().trim().max(200, 'must have 200 characters at most').nullable();
const website = z
  .string()
  .trim()
  .max(500, 'must have 500 characters at most')
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), {
    message: 'must be an address, such as https://training.example.org',
  })
  .nullable();
const schema = z.object({
  name: z.object({ fr: name.optional(), en: name.optional() }).optional(),
  website: website.optional(),
});

const LOGO_FAULTS: Readonly<Record<LogoFault, string>> = {
  tooLarge: 'must have 200 kB at most',
  noImage: 'must be a PNG, JPEG or SVG image',
  tooManyPixels: 'must have 4,000 pixels on a side at most',
  active: 'must hold no script and nothing from elsewhere',
};

export function createOrganisations(store: OrganisationStore, clock: () => number): Organisations {
  const show = async (org: string): Promise<OrganisationRecord> =>
    (await store.find(org)) ?? {
      org,
      name: { fr: null, en: null },
      website: null,
      logo: null,
      changedAt: clock(),
    };
  return {
    show,
    set: async (org, change) => {
      const { logo, problems: logoProblems } = readChange(change.logo);
      const read = schema.safeParse(change);
      const problems = [
        ...(read.error?.issues ?? []).map(({ path, message }) => ({ path: path.join('.'), message })),
        ...logoProblems,
      ];
      const [first] = problems;
      if (first !== undefined || read.data === undefined)
        throw new AssiduError('invalid-request', `${first?.path}: ${first?.message}`, { problems });
      const held = await show(org);
      const record: OrganisationRecord = {
        org,
        name: {
          fr: given(read.data.name?.fr, held.name.fr),
          en: given(read.data.name?.en, held.name.en),
        },
        website: given(read.data.website, held.website),
        logo: logo === undefined ? held.logo : logo,
        changedAt: clock(),
      };
      await store.save(record);
      return record;
    },
    logo: async (org, sha256) => {
      const logo = (await store.find(org))?.logo ?? null;
      return logo?.sha256 === sha256 ? logo : null;
    },
  };
}

/** Nothing said: as before; nothing written: none. */
function given(said: string | null | undefined, held: string | null): string | null {
  if (said === undefined) return held;
  return said === '' ? null : said;
}

function readChange(bytes: Uint8Array | null | undefined): {
  readonly logo: Logo | null | undefined;
  readonly problems: readonly Problem[];
} {
  if (bytes === undefined || bytes === null) return { logo: bytes, problems: [] };
  const logo = readLogo(bytes);
  return typeof logo === 'string'
    ? { logo: undefined, problems: [{ path: 'logo', message: LOGO_FAULTS[logo] }] }
    : { logo, problems: [] };
}
