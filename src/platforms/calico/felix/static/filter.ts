import { ACCEPT, clearMark, DROP, goto, jump, RETURN } from '../action.js';
import { ALL_HOSTS, type FelixConfig, WORKLOADS } from '../config.js';
import { allMarks } from '../marks.js';
import {
  destLocal,
  destSet,
  inInterface,
  markClear,
  markSet,
  notSourceSet,
  outInterface,
  protocol,
  sourceLocal,
  sourceSet,
} from '../match.js';
import { commented, type FelixRule, rule } from '../rule.js';
import { failsafeIn, failsafeOut } from './failsafe.js';
import { HOST_ENDPOINT_ACCEPTED, type StaticTable } from './table.js';

/** Felix names the protocol by its number, since not every /etc/protocols calls it the same. */
const IPIP = 4;

/** filter: policy of workloads and of host endpoints. The dispatch chains that it jumps to come and go with the workloads. */
export function filterTable(felix: FelixConfig): StaticTable {
  const { facts, marks } = felix;
  const acceptedBefore = rule(markSet(marks.accept), ACCEPT);
  const acceptedHere = commented(HOST_ENDPOINT_ACCEPTED, markSet(marks.accept), ACCEPT);
  return {
    hooks: { FORWARD: 'cali-FORWARD', INPUT: 'cali-INPUT', OUTPUT: 'cali-OUTPUT' },
    chains: [
      {
        name: 'cali-FORWARD',
        rules: [
          rule(inInterface(WORKLOADS), jump('cali-from-wl-dispatch')),
          rule(outInterface(WORKLOADS), jump('cali-to-wl-dispatch')),
          rule(inInterface(WORKLOADS), ACCEPT),
          rule(outInterface(WORKLOADS), ACCEPT),
          rule(clearMark(allMarks(marks) - marks.accept)),
          rule(markClear(marks.accept), jump('cali-from-host-endpoint')),
          rule(jump('cali-to-host-endpoint')),
          acceptedHere,
        ],
      },
      {
        name: 'cali-INPUT',
        rules: [
          acceptedBefore,
          ...ipipInput(felix),
          rule(inInterface(WORKLOADS), goto('cali-wl-to-host')),
          rule(clearMark(allMarks(marks))),
          rule(jump('cali-from-host-endpoint')),
          acceptedHere,
        ],
      },
      {
        name: 'cali-wl-to-host',
        rules: [rule(jump('cali-from-wl-dispatch')), commented('Configured DefaultEndpointToHostAction', ACCEPT)],
      },
      failsafeIn(facts),
      {
        name: 'cali-OUTPUT',
        rules: [
          acceptedBefore,
          rule(outInterface(WORKLOADS), RETURN),
          ...ipipOutput(felix),
          rule(clearMark(allMarks(marks))),
          rule(jump('cali-to-host-endpoint')),
          acceptedHere,
        ],
      },
      failsafeOut(facts),
      { name: 'cali-from-host-endpoint', rules: [] },
      { name: 'cali-to-host-endpoint', rules: [] },
    ],
  };
}

function ipipInput({ ipip, facts, setName }: FelixConfig): FelixRule[] {
  if (!ipip) return [];
  const drop = 'Drop IPIP packets from non-Calico hosts';
  const hosts = setName(ALL_HOSTS);
  return {
    'drop strangers': [commented(drop, protocol(IPIP), notSourceSet(hosts), DROP)],
    'accept hosts, drop rest': [
      commented('Allow IPIP packets from Calico hosts', protocol(IPIP), sourceSet(hosts), destLocal, ACCEPT),
      commented(drop, protocol(IPIP), DROP),
    ],
  }[facts.ipipInput];
}

function ipipOutput({ ipip, setName }: FelixConfig): FelixRule[] {
  if (!ipip) return [];
  const allow = 'Allow IPIP packets to other Calico hosts';
  return [commented(allow, protocol(IPIP), destSet(setName(ALL_HOSTS)), sourceLocal, ACCEPT)];
}
