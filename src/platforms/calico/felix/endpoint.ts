/** The two chains of a workload endpoint: cali-tw- for packets towards it, cali-fw- for packets from it (felix rules/endpoints.go). */
import { ACCEPT, clearMark, DROP, jump, RETURN } from './action.js';
import type { Marks } from './marks.js';
import { conntrackState, markClear, markSet } from './match.js';
import { chainName } from './names.js';
import { commented, type FelixChain, rule } from './rule.js';

export interface WorkloadEndpoint {
  /** The node's end of its veth: `cali282b0776936`. */
  readonly interface: string;
  /** Names of the policies that select it, in their order. */
  readonly policies: readonly string[];
  /** Names of its profiles, in its own order. */
  readonly profiles: readonly string[];
}

export function toWorkload(endpoint: WorkloadEndpoint, marks: Marks): FelixChain {
  return endpointChain('cali-tw-', 'cali-pi-', 'cali-pri-', endpoint, marks);
}

export function fromWorkload(endpoint: WorkloadEndpoint, marks: Marks): FelixChain {
  return endpointChain('cali-fw-', 'cali-po-', 'cali-pro-', endpoint, marks);
}

/** Policies decide where there are any, then profiles; what neither accepts is dropped. */
function endpointChain(
  endpointPrefix: string,
  policyPrefix: string,
  profilePrefix: string,
  { interface: name, policies, profiles }: WorkloadEndpoint,
  { accept, pass }: Marks,
): FelixChain {
  const policyRules = policies.flatMap((policy) => [
    rule(markClear(pass), jump(chainName(policyPrefix, policy))),
    commented('Return if policy accepted', markSet(accept), RETURN),
  ]);
  return {
    name: chainName(endpointPrefix, name),
    rules: [
      rule(conntrackState('RELATED,ESTABLISHED'), ACCEPT),
      rule(conntrackState('INVALID'), DROP),
      rule(clearMark(accept)),
      ...(policies.length === 0
        ? []
        : [
            commented('Start of policies', clearMark(pass)),
            ...policyRules,
            commented('Drop if no policies passed packet', markClear(pass), DROP),
          ]),
      ...profiles.flatMap((profile) => [
        rule(jump(chainName(profilePrefix, profile))),
        commented('Return if profile accepted', markSet(accept), RETURN),
      ]),
      commented('Drop if no profiles matched', DROP),
    ],
  };
}
