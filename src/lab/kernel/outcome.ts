/** What the sender's program said, as an Outcome. */
import type { Outcome } from '../../journey/probe.js';
import type { CommandResult } from '../lab.js';

/** What the agent says of a socket that connected or sent: `errno` is null where nothing came back. */
export interface SocketResult {
  readonly errno: number | null;
  readonly text: string;
}

/**
 * What `ping -n -c 1` printed (iputils). An ICMP error comes first: after a REJECT in its own OUTPUT chain ping prints
 * both that and `sendmsg: Operation not permitted`.
 */
export function pingOutcome({ stdout, stderr, exitCode }: CommandResult): Outcome {
  const heard = /^From (\S+?):? icmp_seq=\d+ (?!Redirect )(.+)$/m.exec(stdout);
  if (exitCode === 0) return { kind: 'answered' };
  if (heard) return { kind: 'error', text: heard[2]!.trim(), local: false, from: heard[1]! };
  const refused = /^ping: (?:connect: |sendmsg: |bind: |local error: )?(.+)$/m.exec(stderr);
  return refused ? { kind: 'error', text: refused[1]!.trim(), local: true, from: undefined } : { kind: 'silence' };
}

/** `from`: who sent the last ICMP error or reset that reached the sender, if any did. */
export function socketOutcome({ errno, text }: SocketResult, from: string | undefined): Outcome {
  if (errno === 0) return { kind: 'answered' };
  return errno === null ? { kind: 'silence' } : { kind: 'error', text, local: from === undefined, from };
}
