/** By which device and to which neighbour it went on. */
import { formatIpv4 } from '../../net/ipv4.js';
import { SUBJECTS } from '../narrate/words.js';
import { departures } from '../questions/ways.js';
import { type Claim, walk } from './claim.js';

export const WAY_CLAIMS: readonly Claim[] = [
  walk({
    id: 'leaves',
    says: 'leaves {node}[ by {device}][ via {gateway}]',
    denies: 'does not leave {node}[ by {device}][ via {gateway}]',
    zh: '(从|由) {node} [的 {device} ](离开|发出)[，(经|下一跳) {gateway}]',
    zhDenies: '(没有|不)(从|由) {node} [的 {device} ](离开|发出)',
    about:
      'It went out of that node by that device, to that neighbour. A device may be `<web1>`: the interface of a workload.',
    example: 'it leaves master by ens33 via slave1',
    check: ({ leg, subject, ownerOf }, { node, device, gateway }) => {
      const all = departures(leg, node);
      const wanted = all.find(
        ({ step }) =>
          (device === undefined || step.device === device) &&
          (gateway === undefined || (step.nextHop !== undefined && gateway.addresses.includes(step.nextHop))),
      );
      const at = wanted ?? all.at(-1);
      if (!at) return { holds: false, happened: `${SUBJECTS[subject]} did not leave ${node}` };
      const { nextHop } = at.step;
      const owner = nextHop === undefined ? undefined : ownerOf(nextHop);
      const via = nextHop === undefined ? '' : ` to ${formatIpv4(nextHop)}${owner === undefined ? '' : ` (${owner})`}`;
      return {
        holds: wanted !== undefined,
        happened: `${SUBJECTS[subject]} left ${node} by ${at.step.device}${via}`,
        at,
      };
    },
  }),
];
