/** `ip route` (ip/iproute.c). */
import { addRoute, deleteRoute, type RouteCommand } from '../../../stack/rtnetlink.js';
import { NotSimulated } from '../../failures.js';
import { type Arguments, firstMatch, noDevice, rtnetlink, unknownCommand } from './arguments.js';
import type { IpCall, IpObject } from './ip-call.js';
import { getRoute } from './route-get.js';
import { flushRoutes, showRoutes } from './route-list.js';
import { readRoute } from './route-words.js';

/** In the order in which `ip` looks for an abbreviation. */
const COMMANDS = [
  ...([
    'list',
    'show',
    'lst',
    'get',
    'add',
    'change',
    'chg',
    'replace',
    'prepend',
    'append',
    'test',
    'delete',
  ] as const),
  ...(['flush', 'save', 'restore', 'showdump'] as const),
];

const ADDING: Partial<Record<(typeof COMMANDS)[number], RouteCommand>> = {
  add: 'add',
  change: 'change',
  chg: 'change',
  replace: 'replace',
  prepend: 'prepend',
  append: 'append',
};

export const route: IpObject = {
  names: ['route'],
  usage: [
    'ip route [show [table {TABLE|all}] [[root|match|exact] PREFIX] [dev DEV] [via ADDRESS] [proto PROTO] [scope SCOPE] [type TYPE]]',
    'ip route {add|append|prepend|replace|change|del} [TYPE] {PREFIX|default} [via ADDRESS] [dev DEV] [src ADDRESS] [metric NUMBER] [table TABLE] [proto PROTO] [scope SCOPE] [onlink]',
    'ip route get ADDRESS [from ADDRESS [iif DEV]] [oif DEV] [mark MARK]',
    'ip route flush {SELECTOR | cache}',
  ],
  run(ip, args) {
    const word = args.take();
    const command = word === undefined ? 'show' : firstMatch(word, COMMANDS);
    if (command === undefined) throw unknownCommand('route', word!);
    const adding = ADDING[command];
    if (adding) return add(ip, args, adding);
    switch (command) {
      case 'list':
      case 'show':
      case 'lst':
        return showRoutes(ip, args);
      case 'get':
        return getRoute(ip, args);
      case 'delete':
        return remove(ip, args);
      case 'flush':
        return flushRoutes(ip, args);
      default:
        throw new NotSimulated(`\`ip route ${command}\` is not simulated`);
    }
  },
};

function add({ ns }: IpCall, args: Arguments, command: RouteCommand): number {
  const asked = readRoute(args);
  if (asked.device !== undefined && !ns.devices.has(asked.device)) throw noDevice(asked.device);
  if ((asked.destination.address & hostBits(asked.destination.length)) !== 0) {
    throw rtnetlink('Error: Invalid prefix for given prefix length.');
  }
  const error = addRoute(ns, command, {
    ...asked,
    type: asked.type ?? 'unicast',
    proto: asked.proto ?? 'boot',
    metric: asked.metric ?? 0,
  });
  if (error !== undefined) throw rtnetlink(error);
  return 0;
}

function remove({ ns }: IpCall, args: Arguments): number {
  const { destination, table, onlink: _onlink, ...asked } = readRoute(args);
  if (asked.device !== undefined && !ns.devices.has(asked.device)) throw noDevice(asked.device);
  if (!ns.fib.tables.has(table)) throw rtnetlink('Error: FIB table does not exist.');
  const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
  const error = deleteRoute(ns, { destination, table, ...given });
  if (error !== undefined) throw rtnetlink(error);
  return 0;
}

function hostBits(length: number): number {
  return length === 32 ? 0 : 0xffffffff >>> length;
}
