/**
 * Dispatch chains: from an interface's name to its endpoint's chain, through a tree of one level where names share their
 * beginnings (felix rules/dispatch.go).
 */
import { DROP, goto } from './action.js';
import { inInterface, outInterface } from './match.js';
import { chainName } from './names.js';
import { commented, type FelixChain, type FelixRule, rule } from './rule.js';

/** An endpoint as dispatch sees it. */
export interface Dispatched {
  readonly interface: string;
}

const UNKNOWN_INTERFACE = commented('Unknown interface', DROP);

/** cali-from-wl-dispatch and cali-to-wl-dispatch, with the chains below them. */
export function workloadDispatch(endpoints: readonly Dispatched[]): FelixChain[] {
  const names = endpoints.map((endpoint) => endpoint.interface);
  return [
    ...dispatch('cali-from-wl-dispatch', names, inInterface, 'cali-fw-', [UNKNOWN_INTERFACE]),
    ...dispatch('cali-to-wl-dispatch', names, outInterface, 'cali-tw-', [UNKNOWN_INTERFACE]),
  ];
}

/**
 * Names that share more than the prefix common to all get a chain of their own, `ROOT-x`, x being the next character.
 * Every chain of the tree ends in `end`.
 */
function dispatch(
  root: string,
  names: readonly string[],
  match: (name: string) => string,
  endpointPrefix: string,
  end: readonly FelixRule[],
): FelixChain[] {
  const sorted = [...new Set(names)].sort();
  const common = commonPrefix(sorted);
  const direct = (name: string) => rule(match(name), goto(chainName(endpointPrefix, name)));
  const children: FelixChain[] = [];
  const rootRules: FelixRule[] = [];
  for (const [prefix, group] of groupByPrefix(sorted, common.length + 1)) {
    if (group.length === 1) {
      rootRules.push(direct(group[0]!));
    } else {
      const child = `${root}-${prefix.slice(common.length)}`;
      children.push({ name: child, rules: [...group.map(direct), ...end] });
      rootRules.push(rule(match(`${prefix}+`), goto(child)));
    }
  }
  return [...children, { name: root, rules: [...rootRules, ...end] }];
}

function groupByPrefix(names: readonly string[], length: number): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const prefix = name.slice(0, length);
    const group = groups.get(prefix);
    if (group) group.push(name);
    else groups.set(prefix, [name]);
  }
  return groups;
}

/** Of names in order: what the first and the last share, all share. */
function commonPrefix(sorted: readonly string[]): string {
  const first = sorted[0] ?? '';
  const last = sorted.at(-1) ?? '';
  let length = 0;
  while (length < first.length && first[length] === last[length]) length++;
  return first.slice(0, length);
}
