/** What dockerd does to a node when it starts, before there is any network (libnetwork bridge driver, setupIPChains). */
import type { IptablesDraft, NodeDraft } from '../draft.js';
import { DAEMON } from './command.js';
import type { Isolation } from './isolation.js';

export const DOCKER = 'DOCKER';
const USER = 'DOCKER-USER';

export function startDaemon(draft: NodeDraft, { chains }: Isolation): void {
  // It loads br_netfilter, which comes up with this set to 1.
  draft.sysctls.push(['net.bridge.bridge-nf-call-iptables', '1']);
  enableForwarding(draft);
  const { iptables } = draft;
  iptables.chain('nat', DOCKER, DAEMON);
  for (const chain of [DOCKER, ...chains]) iptables.chain('filter', chain, DAEMON);
  for (const chain of chains) iptables.append('filter', chain, '-j RETURN', DAEMON);
  arrangeUserChain(iptables);
}

/** Docker closes FORWARD only where it was the one who opened forwarding (libnetwork setupIPForwarding). */
function enableForwarding(draft: NodeDraft): void {
  const before = draft.sysctls.findLast(([key]) => key === 'net.ipv4.ip_forward')?.[1];
  if (before === '1') return;
  draft.sysctls.push(['net.ipv4.ip_forward', '1']);
  draft.iptables.policy('filter', 'FORWARD', 'DROP');
}

/** DOCKER-USER goes back to the top of FORWARD at every network that comes (libnetwork arrangeUserFilterRule). */
export function arrangeUserChain(iptables: IptablesDraft): void {
  iptables.chain('filter', USER, DAEMON);
  if (!iptables.has('filter', USER, '-j RETURN')) iptables.append('filter', USER, '-j RETURN', DAEMON);
  moveToTop(iptables, `-j ${USER}`);
}

/** EnsureJumpRule: delete, then insert. */
export function moveToTop(iptables: IptablesDraft, jump: string): void {
  iptables.remove('filter', 'FORWARD', jump);
  iptables.insert('filter', 'FORWARD', jump, DAEMON);
}
