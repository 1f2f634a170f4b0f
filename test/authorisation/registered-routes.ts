import { z } from 'zod';

const listed = z.object({
  path: z.string(),
  methods: z.array(z.string()).optional(),
  router: z.unknown().optional(),
});

/** A router as Express lists it. */
function listRoutes(router: unknown): readonly z.output<typeof listed>[] {
  const list = typeof router === 'function' && 'listRoutes' in router ? router.listRoutes : undefined;
  if (typeof list !== 'function') throw new Error('this version of Express lists no routes');
  return z.array(listed).parse(list.call(router));
}

const joined = (prefix: string, path: string): string =>
  `${prefix}/${path}`.replace(/\/{2,}/g, '/').replace(/(.)\/$/, '$1');

/** Every route that is registered below a router, as `METHOD /path`; HEAD goes with GET. Sorted. */
export function registeredRoutes(router: unknown, prefix = ''): readonly string[] {
  const found = listRoutes(router).flatMap(({ path, methods, router: inner }) => [
    ...(methods ?? [])
      .filter((method) => method !== 'HEAD')
      .map((method) => `${method} ${joined(prefix, path)}`),
    ...(inner === undefined ? [] : registeredRoutes(inner, joined(prefix, path))),
  ]);
  return [...new Set(found)].sort();
}
