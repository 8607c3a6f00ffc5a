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

/** Nothing was seen at all for so many milliseconds: the program cannot have sent anything. Time for it to start. */
const STARTED = 1_000;
/** Nothing more was seen for so many milliseconds: nothing will come. */
const QUIET = 150;
/** After an answer, for what it still causes (the last ACK of a handshake). */
const SETTLED = 5;

/** `activity` grows with everything that is seen anywhere. */
export async function send(world: World, { kind, from, to, port }: Probe, activity: () => number): Promise<Said> {
  const sender = world.place(from);
  if (kind === 'ping') {
    const argv = ['ping', '-n', '-c', '1', '-W', '60', to];
    const job = world.begin<CommandResult>(sender, 'execute', { argv });
    return { kind, result: await patiently(job, world, activity) };
  }
  const request = { protocol: kind, address: to, port, data: 'netherkin\n' };
  const job = world.begin<SocketResult>(sender, 'connect', request);
  return { kind: 'socket', result: await patiently(job, world, activity) };
}

/** Waits for the end of a job, but only while something happens: a frame or a table is seen, or a neighbour is asked for. */
async function patiently<T>(job: Job<T>, world: World, activity: () => number): Promise<T> {
  let over = false;
  const result = job.result.finally(() => {
    over = true;
  });
  const started = performance.now();
  const mayStillStart = () => activity() === 0 && performance.now() - started < STARTED;
  for (let seen = -1; !over && (seen !== activity() || mayStillStart() || (await world.waitsForNeighbours())); ) {
    seen = activity();
    await Promise.race([result, pause(QUIET)]);
    await world.catchUp();
  }
  if (!over) job.cancel();
  await result;
  await pause(SETTLED);
  return result;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((wake) => setTimeout(wake, milliseconds));
}
