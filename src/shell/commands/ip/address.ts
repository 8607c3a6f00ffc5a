/** `ip address` (ip/ipaddress.c). */
import { broadcastOf, contains, formatIpv4, type InterfaceAddress, prefixOf } from '../../../net/ipv4.js';
import type { AddressScope, Device, DeviceAddress } from '../../../stack/device.js';
import { addAddress, deleteAddress } from '../../../stack/devinet.js';
import { NotSimulated } from '../../failures.js';
import {
  type Arguments,
  complaint,
  firstMatch,
  garbage,
  invalid,
  readAddress,
  readPrefix,
  rtnetlink,
  unknownCommand,
} from './arguments.js';
import { deviceOf, devicesByIndex, type IpCall, type IpObject } from './ip-call.js';
import { type LinkFilter, readLinkFilter, shows } from './link-filter.js';
import { scopeName } from './names.js';
import { briefHead, printLink } from './print-link.js';

const COMMANDS = [
  'add',
  'change',
  'chg',
  'replace',
  'delete',
  'show',
  'lst',
  'list',
  'flush',
  'save',
  'showdump',
  'restore',
] as const;

export const address: IpObject = {
  names: ['address'],
  usage: [
    'ip address [show [[dev] DEV] [up] [type TYPE] [master DEV] [scope SCOPE] [to PREFIX]]',
    'ip address {add|replace|change} PREFIX dev DEV [broadcast ADDRESS|+] [scope SCOPE] [label NAME]',
    'ip address del PREFIX dev DEV',
    'ip address flush dev DEV [scope SCOPE] [to PREFIX]',
  ],
  run(ip, args) {
    const word = args.take();
    const command = word === undefined ? 'show' : firstMatch(word, COMMANDS);
    switch (command) {
      case 'add':
      case 'change':
      case 'chg':
      case 'replace':
        return add(ip, args, command !== 'add');
      case 'delete':
        return remove(ip, args);
      case 'show':
      case 'lst':
      case 'list':
        return show(ip, args);
      case 'flush':
        return flush(ip, args);
      case undefined:
        throw unknownCommand('address', word!);
      default:
        throw new NotSimulated(`\`ip address ${command}\` is not simulated`);
    }
  },
};

interface Filter extends LinkFilter {
  readonly scope: AddressScope | undefined;
  readonly to: InterfaceAddress | undefined;
  readonly secondary: boolean | undefined;
}

function readFilter(ip: IpCall, args: Arguments): Filter {
  let scope: AddressScope | undefined;
  let to: InterfaceAddress | undefined;
  let secondary: boolean | undefined;
  const link = readLinkFilter(ip, args, (word) => {
    if (word === 'scope') scope = readScope(args.need(), 'invalid "scope"\n');
    else if (word === 'to') to = readPrefix(args.need());
    else if (word === 'secondary' || word === 'primary') secondary = word === 'secondary';
    else return false;
    return true;
  });
  return { ...link, scope, to, secondary };
}

function addressesOf(device: Device, { scope, to, secondary }: Filter): DeviceAddress[] {
  return device.addresses.filter(
    (own) =>
      (scope === undefined || own.scope === scope) &&
      (to === undefined || (own.length >= to.length && contains(prefixOf(to.address, to.length), own.address))) &&
      (secondary === undefined || own.secondary === secondary),
  );
}

function show(ip: IpCall, args: Arguments): number {
  const filter = readFilter(ip, args);
  const onlyWithAddresses = ip.inet || filter.to !== undefined;
  for (const device of devicesByIndex(ip).filter((one) => shows(filter, one))) {
    const own = addressesOf(device, filter);
    if (onlyWithAddresses && own.length === 0) continue;
    if (ip.brief) ip.out(`${briefHead(ip, device)}${own.map((one) => `${local(one)} `).join('')}\n`);
    else if (ip.oneline)
      ip.out(own.map((one) => `${device.index}: ${device.name}${addressLines(device, one, '\\')}`).join(''));
    else {
      const head = printLink({ ...ip, inet: onlyWithAddresses }, device, false);
      ip.out(head + own.map((one) => addressLines(device, one, '\n')).join(''));
    }
  }
  return 0;
}

function addressLines(device: Device, own: DeviceAddress, separator: string): string {
  const { broadcast, name = device.name } = own.label;
  const words = [
    `    inet ${local(own)}`,
    ...(broadcast === undefined ? [] : [`brd ${formatIpv4(broadcast)}`]),
    `scope ${own.scope}`,
    ...(own.secondary ? ['secondary'] : []),
    name,
  ];
  return `${words.join(' ')}${separator}       valid_lft forever preferred_lft forever\n`;
}

function local({ address: number, length }: DeviceAddress): string {
  return `${formatIpv4(number)}/${length}`;
}

function add(ip: IpCall, args: Arguments, replace: boolean): number {
  const { device: name, own, scope: asked, label, broadcast } = readAddressWords(args);
  const device = deviceOf(ip, requireDevice(name));
  if (!own) throw complaint('Error: no address was given');
  const scope = asked ?? (own.address >>> 24 === 127 ? 'host' : 'global');
  const brd =
    broadcast === '+' ? broadcastOf(own) : broadcast === '-' ? prefixOf(own.address, own.length).address : broadcast;
  const details = { ...(label !== undefined && { name: label }), ...(brd !== undefined && { broadcast: brd }) };
  if (!addAddress(ip.ns, device, own, scope, details) && !replace)
    throw rtnetlink('Error: ipv4: Address already assigned.');
  return 0;
}

function remove(ip: IpCall, args: Arguments): number {
  const { device: name, own, prefixGiven } = readAddressWords(args);
  const device = deviceOf(ip, requireDevice(name));
  if (!own) throw new NotSimulated('`ip address del` without an address is not simulated: `ip address flush` is');
  if (prefixGiven) {
    if (!deleteAddress(ip.ns, device, own)) throw rtnetlink('Error: ipv4: Address not found.');
    return 0;
  }
  ip.err(wildcardWarning(formatIpv4(own.address)));
  const found = device.addresses.find(({ address: other }) => other === own.address);
  if (!found || !deleteAddress(ip.ns, device, found)) throw rtnetlink('Error: ipv4: Address not found.');
  return 0;
}

function wildcardWarning(text: string): string {
  return `Warning: Executing wildcard deletion to stay compatible with old scripts.
         Explicitly specify the prefix length (${text}/32) to avoid this warning.
         This special behaviour is likely to disappear in further releases,
         fix your scripts!
`;
}

function flush(ip: IpCall, args: Arguments): number {
  if (args.done) throw complaint('Flush requires arguments.');
  const filter = readFilter(ip, args);
  for (const device of devicesByIndex(ip).filter((one) => shows(filter, one))) {
    for (const own of addressesOf(device, filter))
      if (device.addresses.includes(own)) deleteAddress(ip.ns, device, own);
  }
  return 0;
}

function readAddressWords(args: Arguments) {
  let device: string | undefined;
  let own: InterfaceAddress | undefined;
  let prefixGiven = false;
  let scope: AddressScope | undefined;
  let label: string | undefined;
  let broadcast: number | '+' | '-' | undefined;
  for (let word = args.take(); word !== undefined; word = args.take()) {
    if (word === 'dev') device = args.need();
    else if (word === 'scope') scope = readScope(args.need(), 'invalid scope value.');
    else if (word === 'label') label = args.need();
    else if (word === 'brd' || (word.length > 1 && 'broadcast'.startsWith(word))) {
      const value = args.need();
      broadcast = value === '+' || value === '-' ? value : readAddress(value);
    } else if (
      ['peer', 'remote', 'anycast', 'metric', 'valid_lft', 'preferred_lft', 'noprefixroute', 'nodad'].includes(word)
    ) {
      throw new NotSimulated(`\`${word}\` of an address is not simulated`);
    } else {
      const text = word === 'local' ? args.need() : word;
      if (own) throw garbage('local', text);
      own = readPrefix(text);
      prefixGiven = text.includes('/');
    }
  }
  return { device, own, prefixGiven, scope, label, broadcast };
}

function requireDevice(name: string | undefined): string {
  if (name === undefined) throw complaint('Not enough information: "dev" argument is required.');
  return name;
}

function readScope(word: string, message: string): AddressScope {
  const scope = scopeName(word);
  if (scope === undefined) throw invalid(message, word);
  if (scope !== 'global' && scope !== 'link' && scope !== 'host')
    throw new NotSimulated(`the scope ${word} of an address is not simulated`);
  return scope;
}
