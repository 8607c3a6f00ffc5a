/**
 * One rule of a policy or profile as iptables rules (felix rules/policy.go of 2.4 to 2.6).
 *
 * iptables matches one net a rule. A list of nets is therefore a *block*: rules before the main one that set or clear
 * scratch bit 0, "all blocks match so far", which the main rule then asks for.
 */
import { clearMark, DROP, log, RETURN, setMark, setMaskedMark } from './action.js';
import type { Marks } from './marks.js';
import * as match from './match.js';
import { portGroups } from './ports.js';
import { type FelixRule, rule } from './rule.js';

export interface PolicyRule {
  readonly action: 'allow' | 'pass' | 'deny' | 'log';
  readonly protocol?: string | number;
  readonly notProtocol?: string | number;
  readonly source?: Peer;
  readonly destination?: Peer;
  /** Type or type/code: `8`, `8/0`. */
  readonly icmp?: string;
  readonly notIcmp?: string;
}

/** Nets as prefixes, ip sets by name, ports as `80` or `1024:2048`. Each list but `sets` means "one of". */
export interface Peer {
  readonly nets?: readonly string[];
  readonly sets?: readonly string[];
  readonly ports?: readonly string[];
  readonly notNets?: readonly string[];
  readonly notSets?: readonly string[];
  readonly notPorts?: readonly string[];
}

const LOG_PREFIX = 'calico-packet';

export function policyRules(policyRule: PolicyRule, marks: Marks): FelixRule[] {
  const source = withDefaults(policyRule.source);
  const destination = withDefaults(policyRule.destination);
  const blocks = netBlocks(source, destination);
  const plain = { source: withoutBlocks(source), destination: withoutBlocks(destination) };
  const rules = blockRules(blocks, marks);
  for (const sourcePorts of portGroups(source.ports)) {
    for (const destPorts of portGroups(destination.ports)) {
      const fragments = [
        ...positiveFragments(policyRule, plain.source, plain.destination, sourcePorts, destPorts),
        ...negatedFragments(policyRule, plain.source, plain.destination),
        ...(blocks.length > 0 ? [match.markSet(marks.scratch0)] : []),
      ];
      rules.push(...actionRules(policyRule.action, fragments, marks));
    }
  }
  return rules;
}

type Fragment = (value: string) => string;

interface Block {
  readonly negated: boolean;
  readonly fragments: readonly string[];
}

function withDefaults(peer: Peer = {}): Required<Peer> {
  return { nets: [], sets: [], ports: [], notNets: [], notSets: [], notPorts: [], ...peer };
}

const isBlock = ({ nets }: Required<Peer>) => nets.length > 1;
/** 2.4 to 2.6 count the positive nets as they were before they became a block. */
const isNegatedBlock = ({ nets, notNets }: Required<Peer>) => notNets.length > 0 && nets.length + notNets.length > 1;

function netBlocks(source: Required<Peer>, destination: Required<Peer>): Block[] {
  const block = (wanted: boolean, negated: boolean, nets: readonly string[], fragment: Fragment): Block[] =>
    wanted ? [{ negated, fragments: nets.map(fragment) }] : [];
  return [
    ...block(isBlock(source), false, source.nets, match.sourceNet),
    ...block(isBlock(destination), false, destination.nets, match.destNet),
    ...block(isNegatedBlock(source), true, source.notNets, match.sourceNet),
    ...block(isNegatedBlock(destination), true, destination.notNets, match.destNet),
  ];
}

function withoutBlocks(peer: Required<Peer>): Required<Peer> {
  return { ...peer, nets: isBlock(peer) ? [] : peer.nets, notNets: isNegatedBlock(peer) ? [] : peer.notNets };
}

/**
 * The first positive block sets bit 0 where it matches; each later one sets bit 1, and clears bit 0 where bit 1 is clear.
 * Felix does not clear bit 1 in between, so a third positive block is not asked where the second one matched.
 */
function blockRules(blocks: readonly Block[], { scratch0, scratch1 }: Marks): FelixRule[] {
  const [first] = blocks;
  if (!first) return [];
  const rules = [rule(setMaskedMark(first.negated ? scratch0 : 0, scratch0 + scratch1))];
  blocks.forEach(({ negated, fragments }, index) => {
    const action = negated ? clearMark(scratch0) : setMark(index === 0 ? scratch0 : scratch1);
    rules.push(...fragments.map((fragment) => rule(fragment, action)));
    if (!negated && index > 0) rules.push(rule(match.markClear(scratch1), clearMark(scratch0)));
  });
  return rules;
}

function positiveFragments(
  { protocol, icmp }: PolicyRule,
  source: Required<Peer>,
  destination: Required<Peer>,
  sourcePorts: readonly string[],
  destPorts: readonly string[],
): string[] {
  return [
    ...(protocol === undefined ? [] : [match.protocol(protocol)]),
    ...source.nets.map(match.sourceNet),
    ...source.sets.map(match.sourceSet),
    ...(sourcePorts.length > 0 ? [match.sourcePorts(sourcePorts)] : []),
    ...destination.nets.map(match.destNet),
    ...destination.sets.map(match.destSet),
    ...(destPorts.length > 0 ? [match.destPorts(destPorts)] : []),
    ...(icmp === undefined ? [] : [match.icmpType(icmp)]),
  ];
}

function negatedFragments(
  { notProtocol, notIcmp }: PolicyRule,
  source: Required<Peer>,
  destination: Required<Peer>,
): string[] {
  const groups = (ports: readonly string[]) => portGroups(ports).filter((group) => group.length > 0);
  return [
    ...(notProtocol === undefined ? [] : [match.notProtocol(notProtocol)]),
    ...source.notNets.map(match.notSourceNet),
    ...source.notSets.map(match.notSourceSet),
    ...groups(source.notPorts).map(match.notSourcePorts),
    ...destination.notNets.map(match.notDestNet),
    ...destination.notSets.map(match.notDestSet),
    ...groups(destination.notPorts).map(match.notDestPorts),
    ...(notIcmp === undefined ? [] : [match.notIcmpType(notIcmp)]),
  ];
}

function actionRules(action: PolicyRule['action'], fragments: string[], { accept, pass }: Marks): FelixRule[] {
  const decide = (mark: number) => [rule(...fragments, setMark(mark)), rule(match.markSet(mark), RETURN)];
  switch (action) {
    case 'allow':
      return decide(accept);
    case 'pass':
      return decide(pass);
    case 'deny':
      return [rule(...fragments, DROP)];
    case 'log':
      return [rule(...fragments, log(LOG_PREFIX))];
  }
}
