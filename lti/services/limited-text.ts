/** The body of an answer as text; null when it has more bytes than allowed. */
export async function limitedText(response: Response, mostBytes: number): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > mostBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The beginning of what was answered, on one line, for people; markup is left out. */
export function excerptOf(text: string, length = 160): string {
  return text
    .replace(/<[^>]*>/g, ' ')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, length);
}

/** What the network says of a failed request, in words. */
export function failureText(error: unknown): string {
  if (!(error instanceof Error)) return 'the request failed';
  if (error.name === 'TimeoutError') return 'no answer in time';
  const { cause } = error;
  return cause instanceof Error && cause.message !== '' ? cause.message : error.message;
}

/** What a request's failure says of itself. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'the request failed';
}
