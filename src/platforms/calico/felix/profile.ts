/** Profiles: the rules that an endpoint brings along, asked where no policy decides. */
import type { FelixConfig } from './config.js';
import { chainName, tagId } from './names.js';
import { type PolicyRule, policyRules } from './policy-rule.js';
import type { FelixChain } from './rule.js';

export interface Profile {
  readonly name: string;
  readonly ingress: readonly PolicyRule[];
  readonly egress: readonly PolicyRule[];
}

/** What the libnetwork plugin makes of a docker network: members admit members, and may send anywhere. */
export function networkProfile(network: string, { setName }: FelixConfig): Profile {
  return {
    name: network,
    ingress: [{ action: 'allow', source: { sets: [setName(tagId(network))] } }],
    egress: [{ action: 'allow' }],
  };
}

export function profileChains({ name, ingress, egress }: Profile, { marks }: FelixConfig): FelixChain[] {
  return [
    { name: chainName('cali-pri-', name), rules: ingress.flatMap((each) => policyRules(each, marks)) },
    { name: chainName('cali-pro-', name), rules: egress.flatMap((each) => policyRules(each, marks)) },
  ];
}
