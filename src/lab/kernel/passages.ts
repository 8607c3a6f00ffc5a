/**
 * Puts what was seen of one datagram in the order in which it happened. Frames carry the time; TRACE lines do not, but come
 * in order from each namespace, and the path through a namespace is known: in by a device, the lines, out by another.
 */
import { type Hook, TABLES } from '../../netfilter/hooks.js';
import type { Datagram, FrameSeen } from './sightings.js';
import type { TraceLine } from './trace-log.js';

/** One way of a datagram through a namespace: from a device or a socket to wherever it ended or left. */
export interface Passage {
  readonly namespace: string;
  /** Undefined where it was made here. */
  readonly in: FrameSeen | undefined;
  /** The bridge that handed it up to the namespace's own IP layer. */
  up: FrameSeen | undefined;
  readonly lines: TraceLine[];
  readonly out: FrameSeen[];
}

/** The bridge that a device is a port of. */
export type BridgeOf = (namespace: string, device: string) => string | undefined;

export function passagesOf({ frames, lines }: Datagram, bridgeOf: BridgeOf): Passage[] {
  const passages: Passage[] = [];
  const latest = (namespace: string) => passages.findLast((one) => one.namespace === namespace);
  const begin = (namespace: string, frame: FrameSeen | undefined) => {
    const passage: Passage = { namespace, in: frame, up: undefined, lines: [], out: [] };
    passages.push(passage);
    return passage;
  };
  for (const frame of frames) {
    const here = latest(frame.namespace);
    if (frame.outgoing) (here ?? begin(frame.namespace, undefined)).out.push(frame);
    else if (here?.in && here.up === undefined && bridgeOf(frame.namespace, here.in.device) === frame.device)
      here.up = frame;
    else begin(frame.namespace, frame);
  }
  for (const [namespace, said] of lines) {
    for (const walk of walksOf(said)) {
      const fits = (one: Passage) =>
        one.namespace === namespace && one.lines.length === 0 && enters(walk[0]!, one.in, bridgeOf);
      const passage = passages.find(fits);
      if (passage) passage.lines.push(...walk.map((line) => withPort(line, passage)));
      else unseen(passages, namespace).lines.push(...walk);
    }
  }
  return passages;
}

/** nfnetlink_log names no port of entry where there is no incoming device, in POSTROUTING; the kernel's own log does. */
function withPort(line: TraceLine, { in: frame }: Passage): TraceLine {
  const { physIn, physOut } = line.pass;
  return frame && physOut !== '' && physIn === '' ? { ...line, pass: { ...line.pass, physIn: frame.device } } : line;
}

/** Lines of a datagram that no device showed: it was made here and never left. Whoever made it comes first. */
function unseen(passages: Passage[], namespace: string): Passage {
  const passage: Passage = { namespace, in: undefined, up: undefined, lines: [], out: [] };
  passages.unshift(passage);
  return passage;
}

function enters({ pass }: TraceLine, frame: FrameSeen | undefined, bridgeOf: BridgeOf): boolean {
  if (frame === undefined) return pass.in === '';
  if (pass.physIn !== '') return pass.physIn === frame.device;
  // Behind a bridge POSTROUTING names the port that the frame leaves by, and no incoming device.
  return pass.in === frame.device || pass.in === bridgeOf(frame.namespace, frame.device) || pass.physOut !== '';
}

const RANK: Readonly<Record<Hook, number>> = { PREROUTING: 0, OUTPUT: 0, INPUT: 1, FORWARD: 1, POSTROUTING: 2 };

/** Cuts the lines of one namespace where the datagram must have started anew from a device. */
function walksOf(lines: readonly TraceLine[]): TraceLine[][] {
  const walks: TraceLine[][] = [];
  let last: TraceLine | undefined;
  for (const line of lines) {
    if (last === undefined || startsAnew(last, line)) walks.push([]);
    walks.at(-1)!.push(line);
    last = line;
  }
  return walks;
}

function startsAnew(last: TraceLine, next: TraceLine): boolean {
  const [before, after] = [last.pass, next.pass];
  if (RANK[after.hook] !== RANK[before.hook]) {
    return RANK[after.hook] < RANK[before.hook] || (before.hook === 'OUTPUT' && after.hook !== 'POSTROUTING');
  }
  if (after.hook !== before.hook || (after.in !== before.in && after.hook !== 'POSTROUTING')) return true;
  const [earlier, later] = [station(last), station(next)];
  return later < earlier || (later === earlier && last.kind === 'policy' && !leavesToPolicy(last, next));
}

/** An unconditional RETURN of a built-in chain is logged as its policy, too, and then comes the policy itself. */
function leavesToPolicy(last: TraceLine, next: TraceLine): boolean {
  return next.kind === 'policy' && next.number > last.number && next.packet.ttl === last.packet.ttl;
}

/** Place of the table on its hook: by priority, and nat is the last one of INPUT (NF_IP_PRI_NAT_SRC). */
function station({ table, pass }: TraceLine): number {
  return table === 'nat' && pass.hook === 'INPUT' ? TABLES.length : TABLES.indexOf(table);
}
