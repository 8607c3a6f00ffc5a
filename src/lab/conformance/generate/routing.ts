/** Routes, policy rules and sysctls on top of a layout that works. */
import type { Dice } from './dice.js';
import { addressesOf, devicesOf, lexiconOf, type Network } from './lexicon.js';

const SPECIAL = ['blackhole', 'unreachable', 'prohibit', 'throw'];

export function makeRoutes(network: Network, dice: Dice): string[] {
  const { addresses, prefixes } = lexiconOf(network);
  const to = () =>
    dice.weighted([
      [3, '10.0.77.0/24'],
      [1, `${dice.pick(addresses)}/32`],
      [1, dice.pick(prefixes.filter((prefix) => prefix !== '0.0.0.0/0'))],
    ]);
  // Two routes to one prefix need two metrics.
  return dice.times(dice.between(0, 2), (index) => {
    const table = dice.chance(0.3) ? ` table ${dice.pick(['7', '8'])}` : '';
    const metric = index > 0 || dice.chance(0.3) ? ` metric ${dice.pick([1, 50]) + index}` : '';
    return `${dice.pick(SPECIAL)} ${to()}${metric}${table}`;
  });
}

export function makeRoutingRules(namespace: string, network: Network, dice: Dice): string[] {
  const { addresses, prefixes } = lexiconOf(network);
  const address = () => dice.pick([...addresses.map((one) => `${one}/32`), ...prefixes]);
  return dice.times(
    dice.weighted([
      [4, 0],
      [2, 1],
      [1, 2],
    ]),
    (index) => {
      const selector = dice.weighted([
        [3, `fwmark ${dice.pick(['0x1', '0x1/0x1', '0x10/0xf0', '0x2'])}`],
        [1, `from ${address()}`],
        [1, `to ${address()}`],
        [1, `iif ${dice.pick(['lo', ...devicesOf(namespace, network)])}`],
      ]);
      return `${200 + index} ${selector} table ${dice.pick(['7', '8', 'main'])}`;
    },
  );
}

/** Each setting with the values that are tried: on `all` and one device, or in the namespace. */
const PER_DEVICE: readonly (readonly [weight: number, key: string, values: readonly number[]])[] = [
  [4, 'rp_filter', [1, 2]],
  [2, 'proxy_arp', [1]],
  [3, 'route_localnet', [1]],
  [2, 'accept_local', [1]],
  [1, 'forwarding', [0, 1]],
  [2, 'send_redirects', [0]],
  [1, 'accept_redirects', [0, 1]],
  [1, 'secure_redirects', [0]],
  [1, 'shared_media', [0]],
  [1, 'arp_ignore', [1, 2]],
  [1, 'arp_announce', [1, 2]],
  [1, 'arp_filter', [1]],
  [1, 'src_valid_mark', [1]],
  [1, 'proxy_arp_pvlan', [1]],
];
const PER_NAMESPACE: readonly (readonly [weight: number, key: string, values: readonly number[]])[] = [
  [2, 'fwmark_reflect', [1]],
  [1, 'icmp_echo_ignore_all', [1]],
  [1, 'icmp_errors_use_inbound_ifaddr', [1]],
  [2, 'ip_default_ttl', [1, 2, 3, 128]],
  [1, 'ip_nonlocal_bind', [1]],
  [1, 'ip_forward', [0, 1]],
];

export function makeSysctls(namespace: string, network: Network, dice: Dice): string[] {
  return dice.times(
    dice.weighted([
      [4, 0],
      [3, 1],
      [2, 2],
      [1, 4],
    ]),
    () => {
      if (dice.chance(0.25)) {
        const [key, values] = dice.weighted(
          PER_NAMESPACE.map(([weight, key, values]) => [weight, [key, values] as const] as const),
        );
        return `net.ipv4.${key}=${dice.pick(values)}`;
      }
      const [key, values] = dice.weighted(
        PER_DEVICE.map(([weight, key, values]) => [weight, [key, values] as const] as const),
      );
      // What `all` forwards is ip_forward, which is a setting of the namespace.
      const scopes = [...(key === 'forwarding' ? [] : ['all', 'all']), 'lo', ...devicesOf(namespace, network)];
      return `net.ipv4.conf.${dice.pick(scopes)}.${key}=${dice.pick(values)}`;
    },
  );
}

/** More listening sockets than those of the layout, some of them on one address. */
export function makeListens(namespace: string, network: Network, dice: Dice): string[] {
  const own = addressesOf(namespace, network);
  const taken = network.words[namespace]?.listens ?? [];
  return dice
    .some(['tcp 80', 'tcp 8080', 'udp 53', 'udp 8080'], 0.15)
    .filter((port) => !taken.includes(port))
    .map((port) => (own.length > 0 && dice.chance(0.3) ? `${port} ${dice.pick(own)}` : port));
}
