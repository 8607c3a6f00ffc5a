/** What the sender's program said, as an Outcome. */
import type { Outcome } from '../../journey/probe.js';
import { formatIpv4 } from '../../net/ipv4.js';
import type { CommandResult } from '../lab.js';
import type { SeenLeg } from './legs.js';
import type { Said, SocketResult } from './send.js';

export function outcomeOf(said: Said, legs: readonly SeenLeg[]): Outcome {
  return said.kind === 'ping' ? pingOutcome(said.result) : socketOutcome(said.result, legs);
}

/**
 * What `ping -n -c 1` printed (iputils). An ICMP error comes first: after a REJECT in its own OUTPUT chain ping prints
 * both that and `sendmsg: Operation not permitted`.
 */
export function pingOutcome({ stdout, stderr, exitCode }: CommandResult): Outcome {
  if (exitCode === 0) return { kind: 'answered' };
  const heard = /^From (\S+?):? icmp_seq=\d+ (?!Redirect )(.+)$/m.exec(stdout);
  if (heard) return { kind: 'error', text: heard[2]!.trim(), local: false, from: heard[1]! };
  const refused = /^ping: (?:connect: |sendmsg: |bind: |local error: )?(.+)$/m.exec(stderr);
  return refused ? { kind: 'error', text: refused[1]!.trim(), local: true, from: undefined } : { kind: 'silence' };
}

/** The own OUTPUT or POSTROUTING refused, and send() says so at once. */
const EPERM = 1;

/** Whoever sent the error or reset that reached the prober is seen on its devices; the socket does not tell. */
function socketOutcome({ errno, text }: SocketResult, legs: readonly SeenLeg[]): Outcome {
  if (errno === 0) return { kind: 'answered' };
  if (errno === null) return { kind: 'silence' };
  if (errno === EPERM) return { kind: 'error', text, local: true, from: undefined };
  const prober = legs[0]?.passages[0]?.namespace;
  const error = legs.findLast(({ origin }) => origin === 'icmp-error' || origin === 'tcp-reset');
  const arrived = error?.passages.findLast(({ namespace }) => namespace === prober)?.in?.packet;
  const from = arrived && formatIpv4(arrived.src);
  return { kind: 'error', text, local: from === undefined, from };
}
