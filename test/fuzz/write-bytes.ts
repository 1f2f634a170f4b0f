import { connect } from 'node:net';

/** How long is waited for an answer to what may have none, ms. */
const MOMENT = 400;

/**
 * Writes pieces to a connection of its own and answers what came back, as Latin-1, when the other side closed it or a
 * moment after the last byte. `cut`: it is broken off right after the last piece was written.
 */
export function writeBytes(origin: string, pieces: readonly Buffer[], cut: boolean): Promise<string> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname);
    const end = () => {
      clearTimeout(timer);
      socket.destroy();
      resolve(Buffer.concat(chunks).toString('latin1'));
    };
    const timer = setTimeout(end, MOMENT);
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      timer.refresh();
    });
    socket.once('close', end);
    // A reset says nothing wrong: the other side need not listen to nonsense.
    socket.once('error', end);
    socket.setNoDelay();
    socket.once('connect', async () => {
      for (const piece of pieces) await new Promise((written) => socket.write(piece, written));
      if (cut) end();
    });
  });
}
