/** Routes as iproute2 prints them (ip/iproute.c, print_route). */
import { formatIpv4, formatPrefix, type Ipv4, type Prefix } from '../../../net/ipv4.js';
import type { FibRoute, RouteScope } from '../../../stack/route.js';
import type { IpCall } from './ip-call.js';
import { hasCarrier } from './print-link.js';

/** What a list was asked for is not said again in each line. */
export interface Unsaid {
  readonly device: string | undefined;
  readonly via: Ipv4 | undefined;
  readonly proto: string | undefined;
  readonly scope: RouteScope | undefined;
}

/** The line of a route. `table` is named only where several are listed. */
export function printRoute(ip: IpCall, route: FibRoute, { unsaid, table }: { unsaid: Unsaid; table?: string }): string {
  const { type, via, device, proto, scope, source, metric, onlink } = route;
  const words = [
    ...(type === 'unicast' ? [] : [type]),
    destinationText(route.destination),
    ...(via === undefined || unsaid.via !== undefined ? [] : [`via ${formatIpv4(via)}`]),
    ...(device === undefined || unsaid.device !== undefined ? [] : [`dev ${device.name}`]),
    ...(table === undefined ? [] : [`table ${table}`]),
    ...(proto === 'boot' || unsaid.proto !== undefined ? [] : [`proto ${proto}`]),
    ...(scope === 'global' || unsaid.scope !== undefined ? [] : [`scope ${scope}`]),
    ...(source === undefined ? [] : [`src ${formatIpv4(source)}`]),
    ...(metric === 0 ? [] : [`metric ${metric}`]),
    ...flagsOf(ip, route, onlink),
  ];
  return `${words.join(' ')} \n`;
}

function flagsOf(ip: IpCall, { device, type }: FibRoute, onlink: boolean): string[] {
  if (!device) return [];
  if (!device.up && type !== 'local') return ['dead', ...(onlink ? ['onlink'] : []), 'linkdown'];
  const down = type !== 'local' && device.up && !hasCarrier(ip, device);
  return [...(onlink ? ['onlink'] : []), ...(down ? ['linkdown'] : [])];
}

function destinationText(prefix: Prefix): string {
  if (prefix.length === 0) return 'default';
  return prefix.length === 32 ? formatIpv4(prefix.address) : formatPrefix(prefix);
}
