import { type Response as Answer, type RequestHandler, raw, urlencoded } from 'express';

/** A page's form is as large as this at most, files included. */
const LIMIT = '1mb';
/** A page shows no more fields than that. */
const FIELDS = 4_000;

const parseFields = urlencoded({ extended: false, limit: LIMIT, parameterLimit: FIELDS });
const readParts = raw({ type: 'multipart/form-data', limit: LIMIT });

const key = 'formFiles';
type Files = ReadonlyMap<string, Uint8Array>;
const NO_FILES: Files = new Map();

/** The bytes of the files that a form came with, by field; where none was chosen there is none. */
export function filesOf(response: Answer): Files {
  return response.locals[key] ?? NO_FILES;
}

/** Parses a form into `request.body`: its fields by name, as text or lists of texts; of a file, its text (UTF-8). */
export const parseForm: RequestHandler = (request, response, next) => {
  if (!request.is('multipart/form-data')) {
    parseFields(request, response, next);
    return;
  }
  readParts(request, response, (error?: unknown) => {
    if (error !== undefined) next(error);
    else
      partsOf(request.body, request.get('content-type') ?? '').then(({ fields, files }) => {
        request.body = fields;
        response.locals[key] = files;
        next();
      }, next);
  });
};

type Fields = Record<string, string | string[]>;

/** What cannot be read as parts is no form. */
async function partsOf(
  body: unknown,
  contentType: string,
): Promise<{ readonly fields: Fields; readonly files: Files }> {
  const fields: Fields = Object.create(null);
  const files = new Map<string, Uint8Array>();
  if (!Buffer.isBuffer(body)) return { fields, files };
  let form: FormData;
  try {
    form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
  } catch {
    return { fields, files };
  }
  for (const [name, value] of form) {
    if (typeof value !== 'string' && value.size > 0)
      files.set(name, new Uint8Array(await value.arrayBuffer()));
    const text = typeof value === 'string' ? value : await value.text();
    const held = fields[name];
    fields[name] = held === undefined ? text : [held, text].flat();
  }
  return { fields, files };
}
