/** What the seal of an account's password is bound to. */
export function sealContext({ org, id }: { readonly org: string; readonly id: string }): string {
  return `${org}\n${id}`;
}

/** What the network or a library says of a failed request, in words. */
export function failureText(error: unknown): string {
  if (!(error instanceof Error)) return 'the request failed';
  const { cause } = error;
  if (error.name === 'TimeoutError') return error.message;
  return cause instanceof Error && cause.message !== '' ? cause.message : error.message;
}
