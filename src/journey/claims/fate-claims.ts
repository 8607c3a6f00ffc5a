/** Where a datagram ended, and who decided. */

import type { Decider } from '../journey.js';
import { legWords, outcomeWords } from '../narrate/words.js';
import { type ChainName, isChain } from '../questions/chains.js';
import { isDropped, isRefused } from '../questions/ends.js';
import { momentOf } from '../questions/moments.js';
import { deliveries, missingRoutes } from '../questions/ways.js';
import { type Claim, type Finding, type Scope, walk } from './claim.js';

export const FATE_CLAIMS: readonly Claim[] = [
  walk({
    id: 'delivered',
    says: 'is delivered[ to {endpoint}]',
    denies: 'is not delivered[ to {endpoint}]',
    zh: '(被送达|送达|到达)[ {endpoint}]',
    zhDenies: '(没有被送达|没有送达|没有到达)[ {endpoint}]',
    about:
      'It reached a socket (for an echo request: the ICMP layer) of that endpoint. What is refused there is not delivered.',
    example: 'it is delivered to web3',
    check: (scope, { endpoint }) => {
      const arrived = deliveries(scope.leg).find(
        ({ step }) =>
          endpoint === undefined ||
          step.namespace === endpoint.namespace ||
          endpoint.addresses.includes(step.packet.dst),
      );
      return ending(scope, arrived !== undefined);
    },
  }),
  walk({
    id: 'dropped',
    says: 'is dropped[ on {node}]',
    denies: 'is not dropped[ on {node}]',
    zh: '[在 {node} 上]被(丢弃|drop)',
    zhDenies: '[在 {node} 上]没有被(丢弃|drop)',
    about: 'It ended without a word to its sender: by a rule, by a policy, or because the stack gave it up.',
    example: 'it is dropped on master',
    check: (scope, { node }) => ending(scope, isDropped(scope.journey, scope.leg) && endedOn(scope, node)),
  }),
  walk({
    id: 'dropped-by-rule',
    says: 'is dropped by rule {number} of {chain}[ on {node}]',
    denies: 'is not dropped by rule {number} of {chain}[ on {node}]',
    zh: '[在 {node} 上]被 {chain} [的]第 {number} 条规则(丢弃|drop)',
    about: 'That rule dropped it, counted from 1 as `iptables -L --line-numbers` counts.',
    example: 'it is dropped by rule 6 of cali-tw-<web1> on master',
    check: (scope, { number, chain, node }) =>
      expecting(ending(scope, ended(scope, 'dropped', chain, number, node)), chain, number, node),
  }),
  walk({
    id: 'dropped-by-policy',
    says: 'is dropped by the {chain} policy[ on {node}]',
    denies: 'is not dropped by the {chain} policy[ on {node}]',
    zh: '[在 {node} 上]被 {chain} [的](默认策略|policy) (丢弃|drop)',
    about: 'No rule of the built-in chain decided, and its policy is DROP.',
    example: 'it is dropped by the FORWARD policy on node03',
    check: (scope, { chain, node }) => ending(scope, ended(scope, 'dropped', chain, undefined, node)),
  }),
  walk({
    id: 'dropped-because',
    says: 'is dropped because of {reason}[ on {node}]',
    denies: 'is not dropped because of {reason}[ on {node}]',
    zh: '[在 {node} 上]因 {reason} 被(丢弃|drop)',
    about: 'The stack itself gave it up: rp-filter, martian-source, forwarding-disabled, blackhole, ttl-exceeded ...',
    example: 'it is dropped because of rp-filter on master',
    check: (scope, { reason, node }) => {
      const { fate } = scope.leg;
      const gaveUp = fate.kind === 'dropped' && fate.by.type === 'dropped' && fate.by.reason === reason;
      return ending(scope, gaveUp && endedOn(scope, node));
    },
  }),
  walk({
    id: 'rejected',
    says: 'is rejected[ with {rejection}][ on {node}]',
    denies: 'is not rejected[ with {rejection}][ on {node}]',
    zh: '[在 {node} 上]被(拒绝|reject)[ (并返回|返回) {rejection}]',
    zhDenies: '[在 {node} 上]没有被(拒绝|reject)',
    about: 'A REJECT rule took it and answered with that error or reset.',
    example: 'it is rejected with icmp-port-unreachable',
    check: (scope, { rejection, node }) => {
      const { fate } = scope.leg;
      const answered = fate.kind === 'rejected' && (rejection === undefined || fate.with === rejection);
      return ending(scope, answered && endedOn(scope, node));
    },
  }),
  walk({
    id: 'rejected-by-rule',
    says: 'is rejected by rule {number} of {chain}[ on {node}][ with {rejection}]',
    denies: 'is not rejected by rule {number} of {chain}[ on {node}][ with {rejection}]',
    zh: '[在 {node} 上]被 {chain} [的]第 {number} 条规则(拒绝|reject)[ (并返回|返回) {rejection}]',
    about: 'That REJECT rule took it.',
    example: 'it is rejected by rule 1 of FORWARD on master',
    check: (scope, { number, chain, node, rejection }) => {
      const { fate } = scope.leg;
      const answer = fate.kind === 'rejected' && (rejection === undefined || fate.with === rejection);
      return expecting(ending(scope, answer && ended(scope, 'rejected', chain, number, node)), chain, number, node);
    },
  }),
  walk({
    id: 'refused',
    says: 'is refused',
    denies: 'is not refused',
    zh: '(遭到拒绝连接|连接被拒绝)',
    about: 'It arrived, and nothing listens on that port: the target itself answers with RST or port unreachable.',
    example: 'it is refused',
    check: (scope) => ending(scope, isRefused(scope.leg)),
  }),
  walk({
    id: 'no-route',
    says: 'has no route[ on {node}]',
    zh: '[在 {node} 上]没有路由',
    about: 'The routing tables of that node have nothing for its destination.',
    example: 'it has no route on node02',
    check: (scope, { node }) => {
      const at = missingRoutes(scope.leg, node)[0];
      return { ...ending(scope, at !== undefined), ...(at && { at }) };
    },
  }),
  walk({
    id: 'undetermined',
    says: 'is undetermined[ by rule {number} of {chain}][ on {node}]',
    denies: 'is not undetermined[ by rule {number} of {chain}][ on {node}]',
    zh: '[在 {node} 上][因 {chain} [的]第 {number} 条规则](结果未知|undetermined)',
    about: 'It reached something that is not modelled, so that nobody can say how it ended.',
    example: 'it is undetermined by rule 3 of FOO on master',
    check: (scope, { number, chain, node }) => {
      const { fate } = scope.leg;
      const here = fate.kind === 'undetermined' && endedOn(scope, node);
      return ending(scope, here && (chain === undefined || isDecider(fate.by, chain, number)));
    },
  }),
];

/** The finding that tells how the datagram ended. */
function ending(scope: Scope, holds: boolean): Finding {
  const { leg, subject, journey } = scope;
  const { fate } = leg;
  const at = 'by' in fate ? momentOf(leg, fate.by) : undefined;
  const seen = subject === 'it' && journey.outcome.kind !== 'answered' ? `; ${outcomeWords(journey.outcome)}` : '';
  return { holds, happened: `${legWords(subject, leg)}${seen}`, at };
}

function expecting(finding: Finding, chain: ChainName, rule: number, node: string | undefined): Finding {
  return finding.holds ? finding : { ...finding, missed: { chain, rule, node } };
}

function endedOn({ leg }: Scope, node: string | undefined): boolean {
  return node === undefined || leg.fate.namespace === node;
}

/** `number` undefined: by the chain's policy. */
function ended(
  scope: Scope,
  kind: 'dropped' | 'rejected',
  chain: ChainName,
  number: number | undefined,
  node: string | undefined,
): boolean {
  const { fate } = scope.leg;
  return fate.kind === kind && endedOn(scope, node) && isDecider(fate.by, chain, number);
}

function isDecider(by: Decider, chain: ChainName, number: number | undefined): boolean {
  return by.type === 'verdict' && isChain(chain, by.table, by.chain) && by.number === number;
}
