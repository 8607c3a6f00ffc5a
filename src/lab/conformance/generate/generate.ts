/** From a seed to a case. */
import type { NamespaceWords } from '../../contract/network.js';
import type { ConformanceCase } from '../case.js';
import { Dice } from './dice.js';
import { makeLayout } from './layouts.js';
import { devicesOf, lexiconOf, type Network } from './lexicon.js';
import { makeListens, makeRoutes, makeRoutingRules, makeSysctls } from './routing.js';
import { makeTables } from './rules.js';
import { makeSets } from './sets.js';
import type { MadeSet } from './site.js';
import { makeSteps } from './steps.js';

/** The same numbers make the same case, whatever was made before. */
export function generate(seed: number, index: number): ConformanceCase {
  const dice = new Dice(seed, index);
  const { cables, words: basic, onTheWay, ...manner } = makeLayout(dice);
  const sets = new Map<string, readonly MadeSet[]>();
  const words: Record<string, NamespaceWords> = {};
  for (const [name, plan] of Object.entries(basic)) {
    const share = onTheWay.includes(name) ? 0.9 : 0.15;
    words[name] = plan.kind === 'switch' ? plan : furnish(name, plan, { cables, words: basic }, share, sets, dice);
  }
  return { cables, words, steps: makeSteps({ cables, words }, manner, sets, dice) };
}

function furnish(
  name: string,
  plan: NamespaceWords,
  network: Network,
  share: number,
  sets: Map<string, readonly MadeSet[]>,
  dice: Dice,
): NamespaceWords {
  const more: { -readonly [Key in keyof NamespaceWords]: NamespaceWords[Key] } = { ...plan };
  if (dice.chance(share * 0.5)) more.sysctls = [...(plan.sysctls ?? []), ...makeSysctls(name, network, dice)];
  if (dice.chance(share * 0.3)) more.routes = [...(plan.routes ?? []), ...makeRoutes(network, dice)];
  if (dice.chance(share * 0.3)) more.rules = [...(plan.rules ?? []), ...makeRoutingRules(name, network, dice)];
  more.listens = [...(plan.listens ?? []), ...makeListens(name, network, dice)];
  if (!dice.chance(share)) return more;
  if (dice.chance(0.3)) {
    const made = makeSets(lexiconOf(network), devicesOf(name, network), dice);
    more.ipsets = made.lines;
    sets.set(name, made.sets);
  }
  more.iptables = makeTables(name, network, sets.get(name) ?? [], dice);
  return more;
}
