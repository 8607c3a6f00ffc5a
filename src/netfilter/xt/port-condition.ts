/** `--sport` and `--dport` of `-m tcp` and `-m udp` (port_match of xt_tcpudp.c). */
import type { Guard, GuardFamily } from '../rule.js';
import type { Given } from './extension.js';
import { serviceOf } from './services.js';
import { formatRange, type Range, readPorts, within } from './values.js';

export interface PortCondition extends Range {
  readonly negated: boolean;
}

export function readPortCondition(given: Given | undefined): PortCondition | undefined {
  return given && { ...readPorts(given.values[0]!), negated: given.negated };
}

export function portHolds(condition: PortCondition | undefined, port: number): boolean {
  return condition === undefined || within(condition, port) !== condition.negated;
}

function isAny({ min, max }: Range): boolean {
  return min === 0 && max === 65535;
}

/** `--sport 1024:65535`, `! --dport 80`. iptables-save leaves the full range out, negated or not. */
export function savePorts(sport: PortCondition | undefined, dport: PortCondition | undefined): string[] {
  return [['sport', sport] as const, ['dport', dport] as const].flatMap(([name, ports]) =>
    ports === undefined || isAny(ports) ? [] : [`${ports.negated ? '! ' : ''}--${name} ${formatRange(ports)}`],
  );
}

/** `spts:1024:65535`, `dpt:!80`; with a protocol, services by name: `dpt:http`. */
export function listPorts(
  sport: PortCondition | undefined,
  dport: PortCondition | undefined,
  names?: 'tcp' | 'udp',
): string[] {
  const text = (port: number) => (names ? serviceOf(names, port) : `${port}`);
  return [['spt', sport] as const, ['dpt', dport] as const].flatMap(([name, ports]) => {
    if (ports === undefined || (isAny(ports) && !ports.negated)) return [];
    const range = ports.min === ports.max ? text(ports.min) : `${text(ports.min)}:${text(ports.max)}`;
    return [`${name}${ports.min === ports.max ? '' : 's'}:${ports.negated ? '!' : ''}${range}`];
  });
}

const GUARDS: Readonly<Record<'tcp' | 'udp', Readonly<Record<'sport' | 'dport', GuardFamily>>>> = {
  tcp: { sport: family('tcp', 'sport', 20), dport: family('tcp', 'dport', 24) },
  udp: { sport: family('udp', 'sport', 20), dport: family('udp', 'dport', 24) },
};

function family(protocol: 'tcp' | 'udp', side: 'sport' | 'dport', strength: number): GuardFamily {
  return {
    name: `${protocol} ${side}`,
    strength,
    watches: 'nothing',
    valueOf: ({ skb: { packet } }) => (packet.payload.kind === protocol ? packet.payload[side] : -1),
  };
}

/** The guard of an exact port, destination first. */
export function portGuard(
  protocol: 'tcp' | 'udp',
  sport: PortCondition | undefined,
  dport: PortCondition | undefined,
): { readonly guard?: Guard } {
  const isExact = (ports: PortCondition | undefined) => ports && !ports.negated && ports.min === ports.max;
  if (isExact(dport)) return { guard: { family: GUARDS[protocol].dport, value: dport!.min } };
  if (isExact(sport)) return { guard: { family: GUARDS[protocol].sport, value: sport!.min } };
  return {};
}
