import type { WebSocket } from 'ws';
import type { Authenticator, Credentials } from '../access/authenticator.ts';
import type { Principal } from '../access/principal.ts';

/** As graphql-ws closes whoever is not let in. */
const FORBIDDEN = 4403;
/** Clients come back by themselves after this one, unlike after those of graphql-ws. */
const TRY_AGAIN_LATER = 1013;

/** Finds out who has opened a socket, and closes it once their key is no longer taken. Null: not to be let in. */
export async function admitSocket(
  authenticator: Pick<Authenticator, 'authenticate' | 'watch'>,
  socket: WebSocket,
  credentials: Credentials,
): Promise<Principal | null> {
  let principal: Principal | null;
  try {
    principal = await authenticator.authenticate(credentials);
  } catch (error) {
    if (!(error instanceof Error && 'retryAfterSeconds' in error)) throw error;
    socket.close(TRY_AGAIN_LATER, error.message);
    return null;
  }
  // Nobody would end the watch of a socket that was closed meanwhile.
  if (principal === null || socket.readyState !== socket.OPEN) return null;
  const unwatch = authenticator.watch(principal, (end) => socket.close(FORBIDDEN, end));
  socket.once('close', unwatch);
  return principal;
}
