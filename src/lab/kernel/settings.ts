/** Writes sysctls of a namespace, and what the lab sets before the blueprint has its say. */
import type { NamespacePlan } from '../../blueprint/blueprint.js';
import type { Agent } from './agent.js';
import { sysctlPath } from './build.js';
import type { Place } from './place.js';

type Settings = NamespacePlan['sysctls'];

/**
 * Where the kernel has the switch: nobody speaks IPv6, said before there is any device, so that all inherit it; and
 * bridges are as on a host where nobody has asked for br_netfilter yet, whether its module is there or not.
 */
const NAMESPACE_DEFAULTS: Settings = [
  ['net.ipv6.conf.all.disable_ipv6', '1'],
  ['net.ipv6.conf.default.disable_ipv6', '1'],
  ['net.bridge.bridge-nf-call-iptables', '0'],
];

/**
 * Real time is dear: ARP gives up after 0.3 s instead of 3 s, and proxy_arp answers at once instead of after up to 0.8 s,
 * unless the blueprint says otherwise. Only devices have these, a namespace has no defaults for them.
 */
const DEVICE_DEFAULTS: Readonly<Record<string, string>> = { retrans_time_ms: '100', proxy_delay: '0' };

/** Rejects with one sentence about the first setting that the kernel refuses. */
export async function set(agent: Agent, place: Place, settings: Settings): Promise<void> {
  const failed = await write(agent, place, settings);
  if (!failed) return;
  const [key, value] = settings[failed[0]]!;
  throw new Error(`cannot set ${key} to ${value} on ${place.name}: ${failed[1]}`);
}

export async function setNamespaceDefaults(agent: Agent, place: Place): Promise<void> {
  for (const setting of NAMESPACE_DEFAULTS) await write(agent, place, [setting]);
}

/** Once for each device. */
export async function setDeviceDefaults(agent: Agent, place: Place, devices: readonly string[]): Promise<void> {
  const fresh = devices.filter((device) => !place.hastened.has(device));
  for (const device of fresh) place.hastened.add(device);
  const settings = fresh.flatMap((device) =>
    Object.entries(DEVICE_DEFAULTS).map(([key, value]) => [`net.ipv4.neigh.${device}.${key}`, value] as const),
  );
  await set(agent, place, settings);
}

/** The first setting that the kernel refuses, and why. */
async function write(agent: Agent, place: Place, settings: Settings): Promise<readonly [number, string] | null> {
  if (settings.length === 0) return null;
  const files = settings.map(([key, value]) => [sysctlPath(key), value]);
  return agent.ask('write', { namespace: place.path, files });
}
