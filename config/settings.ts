import { z } from 'zod';

const LOCAL_SECRET_LENGTH = 32;

const url = z
  .string()
  .regex(/^https?:\/\/[^\s]+$/, 'must be an http or https URL')
  .transform((text) => text.replace(/\/+$/, ''));

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port, 0 to 65535')
  .transform(Number)
  .refine((number) => number <= 65_535, 'must be a port, 0 to 65535');

const size = z.string().regex(/^[1-9]\d{0,5}(kb|mb)$/i, 'must be a size such as 10mb');

/** What nobody should find out in production that it was left to chance. */
const NEEDED_IN_PRODUCTION = ['ASSIDU_SECRET', 'ASSIDU_URL'];

/** Every setting, read from the environment; see README "Settings". */
const settingsSchema = z.object({
  PORT: port.default(3_000),
  ASSIDU_URL: url.optional(),
  ASSIDU_SECRET: z
    .string()
    .min(LOCAL_SECRET_LENGTH, `must have at least ${LOCAL_SECRET_LENGTH} characters`)
    .optional(),
  ASSIDU_DATA: z.string().min(1).default('./data'),
  ASSIDU_MAX_BODY: size.default('20mb'),
  ASSIDU_MAX_ATTACHMENT: size.default('100mb'),
  ASSIDU_MAX_STATEMENTS: z
    .string()
    .regex(/^[1-9]\d{0,5}$/, 'must be a number of statements, 1 to 999999')
    .transform(Number)
    .default(10_000),
  ASSIDU_ALLOW_PRIVATE: z.enum(['true', 'false'], 'must be true or false').default('false'),
  ASSIDU_METRICS: z.enum(['local', 'network'], 'must be local or network').default('local'),
  ASSIDU_DRAIN_SECONDS: z
    .string()
    .regex(/^\d{1,3}$/, 'must be a number of seconds, 0 to 999')
    .transform(Number)
    .default(0),
  ASSIDU_LOG: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  MONGODB_URI: z
    .string()
    .regex(
      /^mongodb(\+srv)?:\/\/[^/\s]+\/[^/?\s]+/,
      'must name servers and a database, as mongodb://db.example.org/assidu or mongodb+srv://… do',
    )
    .optional(),
  NODE_ENV: z.string().optional(),
});

/** The names of all settings. */
export const SETTING_NAMES: readonly string[] = Object.keys(settingsSchema.shape);

export interface Settings {
  readonly port: number;
  /** Where browsers and platforms reach this tool, without a slash at the end. */
  readonly publicUrl: string;
  /** Undefined outside production: then one is kept in the data folder. Never undefined with `mongodbUri`. */
  readonly secret: string | undefined;
  readonly dataFolder: string;
  readonly maxBody: string;
  /** Largest attachment, such as `100mb`. */
  readonly maxAttachment: string;
  /** Statements in one request. */
  readonly maxStatements: number;
  /** Platforms that register themselves may be on private addresses, and by plain http on this machine. */
  readonly allowPrivate: boolean;
  /** Who may read /metrics: this machine only, or whoever reaches the process without a proxy in between. */
  readonly metricsFrom: 'local' | 'network';
  /** How long it serves on after it was told to stop, in ms: until proxies have seen that it is not ready any more. */
  readonly drain: number;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Undefined: everything is kept in the data folder. It may hold a password. */
  readonly mongodbUri: string | undefined;
}

/** Settings of an environment, or one line per fault (`PORT: …`). */
export function readSettings(
  environment: Readonly<Record<string, string | undefined>>,
): { readonly settings: Settings } | { readonly faults: readonly string[] } {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = settingsSchema.safeParse(given);
  const needed = given.NODE_ENV === 'production' ? NEEDED_IN_PRODUCTION : [];
  const missing = needed.filter((name) => given[name] === undefined);
  const shared = parsed.data?.MONGODB_URI !== undefined && given.ASSIDU_SECRET === undefined;
  if (!parsed.success || missing.length > 0 || shared)
    return {
      faults: [
        ...(parsed.error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`),
        ...missing.map((name) => `${name}: is needed in production`),
        ...(shared ? ['ASSIDU_SECRET: is needed with MONGODB_URI, the same one for all instances'] : []),
      ],
    };
  const { PORT, ASSIDU_URL, ASSIDU_SECRET, ASSIDU_DATA, ASSIDU_LOG, MONGODB_URI } = parsed.data;
  return {
    settings: {
      port: PORT,
      publicUrl: ASSIDU_URL ?? `http://localhost:${PORT}`,
      secret: ASSIDU_SECRET,
      dataFolder: ASSIDU_DATA,
      maxBody: parsed.data.ASSIDU_MAX_BODY,
      maxAttachment: parsed.data.ASSIDU_MAX_ATTACHMENT,
      maxStatements: parsed.data.ASSIDU_MAX_STATEMENTS,
      allowPrivate: parsed.data.ASSIDU_ALLOW_PRIVATE === 'true',
      metricsFrom: parsed.data.ASSIDU_METRICS,
      drain: parsed.data.ASSIDU_DRAIN_SECONDS * 1_000,
      logLevel: ASSIDU_LOG,
      mongodbUri: MONGODB_URI,
    },
  };
}
