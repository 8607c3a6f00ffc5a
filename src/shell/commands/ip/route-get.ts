/** `ip route get`: where would a packet go (inet_rtm_getroute)? */
import { formatIpv4, type Ipv4 } from '../../../net/ipv4.js';
import { ownsAddress } from '../../../stack/devinet.js';
import { ERRNO_TEXT } from '../../../stack/outcome.js';
import type { LookupError } from '../../../stack/route.js';
import { routeInput, routeOutput } from '../../../stack/routing.js';
import { NotSimulated } from '../../failures.js';
import { type Arguments, complaint, matches, noDevice, readPrefix, readUnsigned, rtnetlink } from './arguments.js';
import { deviceOf, type IpCall } from './ip-call.js';

interface Question {
  readonly to: Ipv4;
  readonly from: Ipv4 | undefined;
  readonly iif: string | undefined;
  readonly oif: string | undefined;
  readonly mark: number;
}

function readQuestion(call: IpCall, args: Arguments): Question {
  let to: Ipv4 | undefined;
  const question: { from: Ipv4 | undefined; iif: string | undefined; oif: string | undefined; mark: number } = {
    ...{ from: undefined, iif: undefined, oif: undefined, mark: 0 },
  };
  for (let word = args.take(); word !== undefined; word = args.take()) {
    if (word === 'from') question.from = readPrefix(args.need()).address;
    else if (word === 'iif') question.iif = args.need();
    else if (matches(word, 'oif') || word === 'dev') question.oif = args.need();
    else if (word === 'mark') question.mark = readUnsigned(args.need(), 'invalid mark value');
    else if (
      ['tos', 'dsfield', 'notify', 'connected', 'vrf', 'uid', 'ipproto', 'sport', 'dport', 'fibmatch'].includes(word)
    ) {
      throw new NotSimulated(`\`ip route get ${word}\` is not simulated`);
    } else {
      const text = word === 'to' ? args.need() : word;
      const { address, length } = readPrefix(text, to === undefined ? 'any valid' : 'inet');
      if (length < 32) call.err(`Warning: /${length} as prefix is invalid, only /32 (or none) is supported.\n`);
      to = address;
    }
  }
  if (to === undefined) throw complaint('need at least a destination address');
  return { to, ...question };
}

export function getRoute(ip: IpCall, args: Arguments): number {
  const question = readQuestion(ip, args);
  for (const name of [question.iif, question.oif]) {
    if (name !== undefined && !ip.ns.devices.has(name)) throw noDevice(name);
  }
  ip.out(question.iif === undefined ? outputRoute(ip, question) : inputRoute(ip, question, question.iif));
  return 0;
}

function outputRoute({ ns }: IpCall, { to, from, oif, mark }: Question): string {
  if (from && !ownsAddress(ns, from)) throw refusal('ENETUNREACH');
  const decision = routeOutput(ns, from ?? 0, to, mark, oif);
  if (!decision.ok) throw refusal(decision.error);
  const { kind, device, gateway } = decision.route;
  const words = [
    ...(kind === 'local' || kind === 'broadcast' ? [kind] : []),
    ...toAndFrom(to, from),
    ...(gateway === undefined ? [] : [`via ${formatIpv4(gateway)}`]),
    `dev ${device.name}`,
    ...(from ? [] : [`src ${formatIpv4(decision.source)}`]),
    ...markWords(mark),
    'uid 0',
  ];
  const flags = kind === 'local' ? ' <local>' : kind === 'broadcast' ? ' <local,brd>' : '';
  return `${words.join(' ')} \n    cache${flags} \n`;
}

/** As if the packet had come in by a device. */
function inputRoute(ip: IpCall, { to, from, mark }: Question, iif: string): string {
  const device = deviceOf(ip, iif);
  const decision = routeInput(ip.ns, { src: from ?? 0, dst: to }, device, mark);
  if (!decision.ok) throw refusal('EINVAL');
  const { kind, error, gateway, device: out, redirect } = decision.route;
  if (kind === 'error') throw refusal(error ?? 'EHOSTUNREACH');
  const words = [
    ...(kind === 'local' || kind === 'broadcast' ? [kind] : []),
    ...toAndFrom(to, from),
    ...(gateway === undefined ? [] : [`via ${formatIpv4(gateway)}`]),
    `dev ${kind === 'local' ? 'lo' : out.name}`,
    ...markWords(mark),
  ];
  const flags = kind === 'local' ? ' <local>' : kind === 'broadcast' ? ' <local,brd>' : redirect ? ' <redirect>' : '';
  return `${words.join(' ')} \n    cache${flags} iif ${iif} \n`;
}

function toAndFrom(to: Ipv4, from: Ipv4 | undefined): string[] {
  return from ? [formatIpv4(to), `from ${formatIpv4(from)}`] : [formatIpv4(to)];
}

function markWords(mark: number): string[] {
  return mark === 0 ? [] : [`mark 0x${mark.toString(16)}`.replace(/ 0x([0-9])$/, ' $1')];
}

function refusal(error: LookupError) {
  return rtnetlink(ERRNO_TEXT[error]);
}
