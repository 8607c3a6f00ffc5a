/** What became of the packet's addresses. */

import { formatIpv4 } from '../../net/ipv4.js';
import { portsOf } from '../../net/packet.js';
import type { Translated } from '../../netfilter/events.js';
import { endWords, SUBJECTS } from '../narrate/words.js';
import type { Moment } from '../questions/moments.js';
import { destinationTranslations, masquerades } from '../questions/translation.js';
import { deliveries } from '../questions/ways.js';
import { type Claim, type Scope, walk } from './claim.js';

export const TRANSLATION_CLAIMS: readonly Claim[] = [
  walk({
    id: 'masqueraded',
    says: 'is masqueraded[ on {node}][ as {address}]',
    denies: 'is not masqueraded[ on {node}][ as {address}]',
    zh: '[在 {node} 上]被 (masquerade|伪装)[ (为|成) {address}]',
    zhDenies: '[在 {node} 上](没有|没|未)被 (masquerade|伪装)[ (为|成) {address}]',
    about: 'Its source address was rewritten by MASQUERADE or SNAT, to that address where one is given.',
    example: 'it is masqueraded on master as 172.16.91.225',
    check: (scope, { node, address }) => {
      const all = masquerades(scope.leg, node);
      const wanted = all.find(({ step }) => address === undefined || address.addresses.includes(step.packet.src));
      return told(scope, wanted ?? all[0], wanted !== undefined, node, 'source');
    },
  }),
  walk({
    id: 'translated',
    says: 'is translated[ to {target}][ on {node}]',
    denies: 'is not translated[ to {target}][ on {node}]',
    zh: '[在 {node} 上]被 (DNAT|转换) [(到|为|成) {target}]',
    zhDenies: '[在 {node} 上](没有|没|未)被 (DNAT|转换)[ (到|为|成) {target}]',
    about:
      'Its destination was rewritten by DNAT or REDIRECT, to that address and, where given, port. The way back of a connection is not meant.',
    example: 'it is translated to 10.244.166.159:80',
    check: (scope, { target, node }) => {
      const all = destinationTranslations(scope.leg, node);
      const wanted = all.find(
        ({ step: { packet } }) =>
          target === undefined ||
          (target.addresses.includes(packet.dst) &&
            (target.port === undefined || portsOf(packet.payload)?.dport === target.port)),
      );
      return told(scope, wanted ?? all[0], wanted !== undefined, node, 'destination');
    },
  }),
  walk({
    id: 'seen-from',
    says: 'is seen by {endpoint} from {address}',
    denies: 'is not seen by {endpoint} from {address}',
    zh: '在 {endpoint} 看来来自 {address}',
    zhDenies: '在 {endpoint} 看来不来自 {address}',
    about:
      'The source address with which it arrived there. Usually written from the other side: `web3 sees it from web1`.',
    example: 'it is seen by web3 from web1',
    check: ({ leg, subject, ownerOf }, { endpoint, address }) => {
      const arrived = deliveries(leg).find(({ step }) => step.namespace === endpoint.namespace);
      if (!arrived) return { holds: false, happened: `${SUBJECTS[subject]} never arrived at ${endpoint.text}` };
      const { src } = arrived.step.packet;
      const owner = ownerOf(src);
      return {
        holds: address.addresses.includes(src),
        happened: `${endpoint.text} saw ${SUBJECTS[subject]} from ${formatIpv4(src)}${owner === undefined ? '' : ` (${owner})`}`,
        at: arrived,
      };
    },
  }),
];

function told(
  { subject }: Scope,
  at: Moment<Translated> | undefined,
  holds: boolean,
  node: string | undefined,
  side: 'source' | 'destination',
) {
  const who = SUBJECTS[subject];
  if (!at) {
    const where = node === undefined ? 'on its whole way' : `on ${node}`;
    return { holds, happened: `${who} kept its ${side} address ${where}` };
  }
  const { step } = at;
  const by = step.target ?? 'its connection';
  const what = `${endWords(step.before, side)} became ${endWords(step.packet, side)}`;
  return { holds, happened: `the ${side} ${what} on ${step.namespace}, by ${by}`, at };
}
