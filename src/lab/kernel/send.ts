/** Sends a probe with real programs and sockets, and waits as long as anything happens. */
import type { Probe } from '../../journey/probe.js';
import type { CommandResult } from '../lab.js';
import type { Job } from './agent.js';
import type { World } from './world.js';

/** What the agent says of a socket that connected or sent: `errno` is null where nothing came back. */
export interface SocketResult {
  readonly errno: number | null;
  readonly text: string;
}

export type Said =
  | { readonly kind: 'ping'; readonly result: CommandResult }
  | { readonly kind: 'socket'; readonly result: SocketResult };

/** Nothing was seen for so many milliseconds: nothing will come. Longer than the pause between two ARP requests. */
const QUIET = 150;
/** After an answer, for what it still causes (the last ACK of a handshake). */
const SETTLED = 5;

/** `activity` grows with everything that is seen anywhere. */
export async function send(world: World, { kind, from, to, port }: Probe, activity: () => number): Promise<Said> {
  const sender = world.place(from);
  if (kind === 'ping') {
    const argv = ['ping', '-n', '-c', '1', '-W', '60', to];
    return { kind, result: await patiently(world.begin<CommandResult>(sender, 'execute', { argv }), activity) };
  }
  const request = { protocol: kind, address: to, port, data: 'netherkin\n' };
  return { kind: 'socket', result: await patiently(world.begin<SocketResult>(sender, 'connect', request), activity) };
}

async function patiently<T>(job: Job<T>, activity: () => number): Promise<T> {
  let over = false;
  const result = job.result.finally(() => {
    over = true;
  });
  for (let seen = -1; !over && seen !== activity(); ) {
    seen = activity();
    await Promise.race([result, pause(QUIET)]);
  }
  if (!over) job.cancel();
  await result;
  await pause(SETTLED);
  return result;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((wake) => setTimeout(wake, milliseconds));
}
