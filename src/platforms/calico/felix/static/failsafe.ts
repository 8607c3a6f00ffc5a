/** The failsafe chains: what host endpoint policy lets pass whatever it says, lest it locks everybody out. */
import { ACCEPT } from '../action.js';
import { destPorts, protocol, sourcePorts } from '../match.js';
import { type FelixChain, rule } from '../rule.js';
import type { FailsafePort, FelixFacts } from '../timeline.js';

export const FAILSAFE_IN = 'cali-failsafe-in';
export const FAILSAFE_OUT = 'cali-failsafe-out';

export function failsafeIn(facts: FelixFacts, answers = false): FelixChain {
  return { name: FAILSAFE_IN, rules: [...to(facts.failsafeIn), ...(answers ? from(facts.failsafeOut) : [])] };
}

export function failsafeOut(facts: FelixFacts, answers = false): FelixChain {
  return { name: FAILSAFE_OUT, rules: [...to(facts.failsafeOut), ...(answers ? from(facts.failsafeIn) : [])] };
}

function to(ports: readonly FailsafePort[]) {
  return ports.map((port) => rule(protocol(port.protocol), destPorts([`${port.port}`]), ACCEPT));
}

function from(ports: readonly FailsafePort[]) {
  return ports.map((port) => rule(protocol(port.protocol), sourcePorts([`${port.port}`]), ACCEPT));
}
