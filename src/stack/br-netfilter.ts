/** br_netfilter: switched IPv4 frames pass the IP hooks too, where bridge-nf-call-iptables is 1 (br_netfilter_hooks.c). */
import type { Mac } from '../net/mac.js';
import type { Skb } from '../netfilter/skb.js';
import type { Device } from './device.js';
import { drop } from './ip-output.js';
import type { Namespace } from './namespace.js';
import { resolveAndSend } from './neighbour.js';
import { routeInput, routeOutput } from './routing.js';

export function callsIptables(ns: Namespace): boolean {
  return ns.sysctl.global('net.bridge.bridge-nf-call-iptables') !== 0;
}

/**
 * br_nf_pre_routing(): PREROUTING with the bridge as incoming device and the port as PHYSIN. `go` continues the
 * switching, with a new station where a DNAT chose another destination: one of this bridge directly, any other
 * through the bridge's own IP layer.
 */
export function bridgePrerouting(
  ns: Namespace,
  bridge: Device,
  port: Device,
  skb: Skb,
  go: (dstMac: Mac | undefined) => void,
): void {
  const { dst } = skb.packet;
  skb.physIn = port.name;
  const bridging = { physIn: port.name, physOut: '', bridged: true };
  if (ns.netfilter.hook('PREROUTING', skb, bridge.name, '', bridging) !== 'ACCEPT') return;
  if (skb.packet.dst === dst) return go(undefined);
  const decision = routeInput(ns, skb.packet, bridge, skb.mark);
  const sameBridge = decision.ok && decision.route.kind === 'forward' && decision.route.device === bridge;
  // What is switched needs no ip_forward.
  const mayNotForward = decision.ok && decision.route.kind === 'error' && bridge.conf.forwarding === 0;
  const out = mayNotForward ? routeOutput(ns, 0, skb.packet.dst, skb.mark) : undefined;
  if (sameBridge || (out?.ok && out.route.device === bridge)) {
    const gateway = sameBridge ? decision.route.gateway : out?.ok ? out.route.gateway : undefined;
    resolveAndSend(ns, bridge, gateway ?? skb.packet.dst, skb, (_ns, _device, _nextHop, mac) => go(mac));
  } else if (!decision.ok) drop(ns, skb, decision.reason, decision.detail);
  else if (mayNotForward) drop(ns, skb, 'forwarding-disabled', `forwarding is 0 on ${bridge.name}`);
  else go(bridge.mac);
}

/** br_nf_forward() and br_nf_post_routing() for one port. False where a rule kept the frame. */
export function bridgeForwardHooks(ns: Namespace, bridge: Device, out: Device, skb: Skb): boolean {
  const bridging = { physIn: skb.physIn, physOut: out.name, bridged: true };
  return (
    ns.netfilter.hook('FORWARD', skb, bridge.name, bridge.name, bridging) === 'ACCEPT' &&
    ns.netfilter.hook('POSTROUTING', skb, '', bridge.name, bridging) === 'ACCEPT'
  );
}
