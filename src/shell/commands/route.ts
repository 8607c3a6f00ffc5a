/** route(8) of net-tools: the main table through the old ioctl (ip_rt_ioctl). */
import { formatIpv4, type Ipv4, netmask, type Prefix, parseIpv4, prefixOf } from '../../net/ipv4.js';
import { MAIN_TABLE } from '../../stack/fib.js';
import type { FibRoute } from '../../stack/route.js';
import { addRoute, deleteRoute } from '../../stack/rtnetlink.js';
import type { Call, Command } from '../command.js';
import { CommandFailure, NotSimulated } from '../failures.js';

const USAGE = `Usage: inet_route [-vF] del {-host|-net} Target[/prefix] [gw Gw] [metric M] [[dev] If]
       inet_route [-vF] add {-host|-net} Target[/prefix] [gw Gw] [metric M]
                              [netmask N] [mss Mss] [window W] [irtt I]
                              [mod] [dyn] [reinstate] [[dev] If]
       inet_route [-vF] add {-host|-net} Target[/prefix] [metric M] reject
       inet_route [-FC] flush      NOT supported
`;

const HEAD = `Kernel IP routing table
Destination     Gateway         Genmask         Flags Metric Ref    Use Iface
`;

export const route: Command = {
  names: ['route'],
  models: 'net-tools 2.10',
  usage: [
    'route [-n]',
    'route {add|del} [-net|-host] {TARGET[/PREFIX]|default} [netmask MASK] [gw GATEWAY] [metric NUMBER] [reject] [[dev] DEV]',
  ],
  run(call) {
    const [first, ...rest] = call.args;
    if (first === 'add' || first === 'del') return change(call, first, rest);
    const odd = call.args.find((word) => word !== '-n');
    if (odd !== undefined) throw new NotSimulated(`\`route ${odd}\` is not simulated; there are -n, add and del`);
    return show(call, first === '-n');
  },
};

function show({ ns, out }: Call, numeric: boolean): number {
  const rows = (ns.fib.tables.get(MAIN_TABLE)?.routes() ?? []).map((one) => row(one, numeric));
  out(HEAD + rows.join(''));
  return rows.length > 0 ? 0 : 1;
}

function row({ destination, type, via, metric, device }: FibRoute, numeric: boolean): string {
  const rejects = type === 'unreachable' || type === 'prohibit';
  const target = !numeric && destination.length === 0 ? 'default' : formatIpv4(destination.address);
  const host = destination.length === 32 ? 'H' : '';
  const flags = rejects ? `!${host}` : `U${via === undefined ? '' : 'G'}${host}`;
  const addresses = [target, rejects ? '-' : formatIpv4(via ?? 0), formatIpv4(netmask(destination.length))];
  const columns = addresses.map((text) => text.padEnd(15)).join(' ');
  const counts = `${String(metric).padEnd(6)} ${(rejects ? '-' : '0').padEnd(2)} ${'0'.padStart(7)}`;
  return `${columns} ${flags.padEnd(5)} ${counts} ${rejects ? '-' : (device?.name ?? '*')}\n`;
}

interface Asked {
  readonly destination: Prefix;
  readonly via: Ipv4 | undefined;
  readonly device: string | undefined;
  readonly metric: number | undefined;
  readonly reject: boolean;
}

function change(call: Call, command: 'add' | 'del', words: readonly string[]): number {
  if (words.length === 0) {
    call.out(USAGE);
    return 0;
  }
  const asked = readTarget(words);
  const error = command === 'add' ? add(call, asked) : remove(call, asked);
  if (error !== undefined) throw new CommandFailure(`${command === 'add' ? 'SIOCADDRT' : 'SIOCDELRT'}: ${error}\n`, 7);
  return 0;
}

function add({ ns }: Call, { destination, via, device, metric = 0, reject }: Asked): string | undefined {
  if (prefixOf(destination.address, destination.length).address !== destination.address) return 'Invalid argument';
  if (device !== undefined && !ns.devices.has(device)) return 'No such device';
  const nexthop = reject ? { via: undefined, device: undefined } : { via, device };
  const error = addRoute(ns, 'prepend', {
    ...{ destination, ...nexthop, metric, source: undefined, table: MAIN_TABLE, proto: 'boot', onlink: false },
    ...(reject
      ? { type: 'unreachable', scope: 'host' }
      : { type: 'unicast', scope: via === undefined ? 'link' : 'global' }),
  });
  return error === undefined ? undefined : errnoOf(error);
}

function remove({ ns }: Call, { destination, via, device, metric, reject }: Asked): string | undefined {
  if (device !== undefined && !ns.devices.has(device)) return 'No such device';
  const given = Object.fromEntries(Object.entries({ via, device, metric }).filter(([, value]) => value !== undefined));
  const error = deleteRoute(ns, { destination, table: MAIN_TABLE, type: reject ? 'unreachable' : 'unicast', ...given });
  return error === undefined ? undefined : errnoOf(error);
}

/** The old ioctl has no words of its own: only what errno stands for. */
function errnoOf(answer: string): string {
  if (answer === 'Error: Nexthop has invalid gateway.') return 'Network is unreachable';
  if (answer === 'Error: Device for nexthop is not up.') return 'Network is down';
  return answer.replace(/^RTNETLINK answers: /, '');
}

function misused(complaint = ''): CommandFailure {
  return new CommandFailure(`${complaint}${USAGE}`, 3);
}

function readTarget(words: readonly string[]): Asked {
  const [first = '', ...others] = words;
  const flag = first === '-net' || first === '-host' ? first : undefined;
  const [target, ...rest] = flag ? others : words;
  if (target === undefined) throw misused();
  const options = readOptions(rest);
  const destination = readDestination(target, flag, options.mask);
  return { destination, ...options };
}

function readDestination(target: string, flag: '-net' | '-host' | undefined, mask: number | undefined): Prefix {
  if (target === 'default') return { address: 0, length: 0 };
  const [text = '', lengthText] = target.split('/');
  const address = parseIpv4(text);
  if (address === undefined) throw unknownHost(text, flag);
  if (lengthText !== undefined && (mask !== undefined || !/^[0-9]{1,2}$/.test(lengthText) || Number(lengthText) > 32))
    throw misused();
  const length = lengthText === undefined ? mask : Number(lengthText);
  if (flag !== '-net' && !(flag === undefined && address === 0)) {
    if (length !== undefined && length !== 32) {
      throw misused(`route: netmask ${reversedHex(netmask(length))} doesn't make sense with host route\n`);
    }
    return { address, length: 32 };
  }
  // Without a mask the kernel gets 0.0.0.0, and takes no other network than 0.0.0.0 with it.
  if (length === undefined) return { address, length: 0 };
  if (prefixOf(address, length).address !== address) throw misused("route: netmask doesn't match route address\n");
  return { address, length };
}

function unknownHost(text: string, flag: '-net' | '-host' | undefined): CommandFailure {
  return new CommandFailure(`${text}: ${flag === '-net' ? 'Host name lookup failure' : 'Unknown host'}\n`, 6);
}

/** A mask as a little-endian machine prints its bytes in network order. */
function reversedHex(mask: number): string {
  const hex = mask.toString(16).padStart(8, '0');
  return hex.match(/../g)!.reverse().join('');
}

function readOptions(words: readonly string[]): Omit<Asked, 'destination'> & { readonly mask: number | undefined } {
  let via: Ipv4 | undefined;
  let device: string | undefined;
  let metric: number | undefined;
  let mask: number | undefined;
  let reject = false;
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const value = () => rest.shift() ?? fail();
    if (word === 'gw' || word === 'gateway') via = readGateway(value());
    else if (word === 'netmask') mask = readMask(value());
    else if (word === 'metric') metric = readMetric(value());
    else if (word === 'reject') reject = true;
    else if (['mss', 'window', 'irtt', 'mod', 'dyn', 'reinstate'].includes(word)) {
      throw new NotSimulated(`\`${word}\` of a route is not simulated`);
    } else if (word === 'dev' || word === 'device') device = value();
    else if (device === undefined && rest.length === 0) device = word;
    else throw misused();
  }
  return { via, device, metric, mask, reject };
}

function fail(): never {
  throw misused();
}

function readGateway(text: string): Ipv4 {
  const address = parseIpv4(text);
  if (address === undefined) throw new CommandFailure(`${text}: Unknown host\n`, 6);
  return address;
}

function readMask(text: string): number {
  const mask = parseIpv4(text);
  const length = mask === undefined ? undefined : Math.clz32(~mask >>> 0);
  if (length === undefined || netmask(length) !== mask) throw misused(`route: bogus netmask ${text}\n`);
  return length;
}

function readMetric(text: string): number {
  if (!/^[0-9]{1,9}$/.test(text)) throw misused();
  return Number(text);
}
