/** Which chains and rules a packet met, and the marks that they left. */

import type { Hook } from '../../netfilter/hooks.js';
import { markWords, SUBJECTS } from '../narrate/words.js';
import { type ChainName, type ChainVisit, chainVisits, isBuiltin, isChain, matchedRules } from '../questions/chains.js';
import { markAfterChain, markAfterHook } from '../questions/marks.js';
import { type Claim, type Scope, walk } from './claim.js';

export const CHAIN_CLAIMS: readonly Claim[] = [
  walk({
    id: 'passes',
    says: 'passes {chains}[ on {node}]',
    denies: 'does not pass {chains}[ on {node}]',
    zh: '[在 {node} 上](经过|通过) {chains}',
    zhDenies: '[在 {node} 上](不经过|没有经过|不通过|没有通过) {chains}',
    about:
      'It entered that chain: at least one rule, or the end of the chain, was evaluated for it. Several chains, with commas: in this order, others may lie between. Denied: none of them.',
    example: 'it passes cali-FORWARD, cali-from-wl-dispatch, cali-to-wl-dispatch',
    check: (scope, { chains, node }) => passing(scope, chains, node),
    checkDenied: (scope, { chains, node }) => {
      const visits = chainVisits(scope.leg, node);
      const entered = visits.find((visit) => chains.some((name) => isChain(name, visit.table, visit.chain)));
      const happened = entered
        ? `${SUBJECTS[scope.subject]} passed ${entered.table} ${entered.chain} on ${entered.hop.namespace}`
        : `${SUBJECTS[scope.subject]} passed none of them`;
      return { holds: entered === undefined, happened, at: entered?.moments[0] };
    },
  }),
  walk({
    id: 'matches',
    says: 'matches rule {number} of {chain}[ on {node}]',
    denies: 'does not match rule {number} of {chain}[ on {node}]',
    zh: '[在 {node} 上](匹配|命中) {chain} [的]第 {number} 条规则',
    zhDenies: '[在 {node} 上](不匹配|没有匹配|没有命中) {chain} [的]第 {number} 条规则',
    about: 'All conditions of that rule were fulfilled, and its target acted.',
    example: 'it matches rule 1 of cali-nat-outgoing on master',
    check: ({ leg, subject }, { number, chain, node }) => {
      const at = matchedRules(leg, node).find(
        ({ step }) => step.number === number && isChain(chain, step.table, step.chain),
      );
      const rule = `rule ${number} of ${at?.step.table ?? chain.table ?? ''} ${chain.chain}`.replace('  ', ' ');
      const happened = at
        ? `${SUBJECTS[subject]} matched ${rule} on ${at.hop.namespace}`
        : `${SUBJECTS[subject]} did not match ${rule}${node === undefined ? '' : ` on ${node}`}`;
      return { holds: at !== undefined, happened, at, ...(at ? {} : { missed: { chain, rule: number, node } }) };
    },
  }),
  walk({
    id: 'carries-mark',
    says: 'carries mark {mark} after {chain}[ on {node}]',
    denies: 'does not carry mark {mark} after {chain}[ on {node}]',
    zh: '[在 {node} 上]经过 {chain} 后 (带有|携带) (mark|标记) {mark}',
    zhDenies: '[在 {node} 上]经过 {chain} 后 (不带有|不携带) (mark|标记) {mark}',
    about:
      'The packet mark with which it left that table at that hook (`nat PREROUTING`), the last table of a hook (`PREROUTING`) or a chain. A mask compares some bits: `0x4000/0xf000`.',
    example: 'it carries mark 0x4000 after nat PREROUTING on master',
    check: (scope, { mark, chain, node }) => {
      const seen = markAfter(scope, chain, node);
      const place = `${chain.table === undefined ? '' : `${chain.table} `}${chain.chain}`;
      if (!seen) {
        const happened = `${SUBJECTS[scope.subject]} did not pass ${place}${node === undefined ? '' : ` on ${node}`}`;
        return { holds: false, happened, missed: { chain, rule: undefined, node } };
      }
      return {
        holds: (seen.mark & mark.mask) >>> 0 === (mark.value & mark.mask) >>> 0,
        happened: `${SUBJECTS[scope.subject]} carried mark ${markWords(seen.mark)} after ${place} on ${seen.at.hop.namespace}`,
        at: seen.at,
      };
    },
  }),
];

function passing({ leg, subject }: Scope, chains: readonly ChainName[], node: string | undefined) {
  const visits = chainVisits(leg, node);
  const entered: ChainVisit[] = [];
  let from = 0;
  for (const name of chains) {
    const next = visits.findIndex((visit, index) => index >= from && isChain(name, visit.table, visit.chain));
    if (next < 0) {
      const after = entered.at(-1);
      const elsewhere = visits.some((visit) => isChain(name, visit.table, visit.chain));
      const where = node === undefined ? '' : ` on ${node}`;
      const happened = after
        ? `${SUBJECTS[subject]} passed ${after.chain}, but ${elsewhere ? `${name.chain} before it` : `not ${name.chain}${where}`}`
        : `${SUBJECTS[subject]} did not pass ${name.chain}${where}`;
      return {
        holds: false,
        happened,
        at: elsewhere ? after?.moments[0] : undefined,
        ...(elsewhere ? {} : { missed: { chain: name, rule: undefined, node } }),
      };
    }
    entered.push(visits[next]!);
    from = next + 1;
  }
  const last = entered.at(-1)!;
  const path = entered.map(({ table, chain }) => `${table} ${chain}`).join(', ');
  return { holds: true, happened: `${SUBJECTS[subject]} passed ${path} on ${last.hop.namespace}`, at: last.moments[0] };
}

function markAfter({ leg }: Scope, name: ChainName, node: string | undefined) {
  const { table, chain } = name;
  const hook = isBuiltin(table ?? 'mangle', chain);
  return hook ? markAfterHook(leg, chain as Hook, table, node) : markAfterChain(leg, name, node);
}
