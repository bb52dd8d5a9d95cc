import { once } from 'node:events';
import { connect } from 'node:net';

/** What a server answers to these bytes, until it closes or `until` is in what it said. */
export async function speak(port: number, bytes: string | Buffer, until?: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let said = '';
  socket.on('data', (chunk) => {
    said += chunk.toString();
    if (until !== undefined && said.includes(until)) socket.destroy();
  });
  socket.on('error', () => undefined);
  socket.write(bytes);
  await once(socket, 'close');
  return said;
}
