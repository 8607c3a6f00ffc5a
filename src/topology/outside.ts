/** `outside:`, machines that are not nodes: on a lan, or beyond the gateway. */
import type { Lans } from './lans.js';
import { readListens } from './listens.js';
import { spell } from './path.js';
import type { Reader } from './reader.js';
import type { WrittenTopology } from './schema.js';
import type { OutsideHost } from './topology.js';

export function readOutside(reader: Reader, lans: Lans, written: WrittenTopology['outside']): OutsideHost[] {
  return Object.entries(written ?? {}).flatMap(([name, host]): OutsideHost[] => {
    const path = ['outside', name];
    reader.takeName(name, 'an outside host', path);
    const { address, listens = [] } = typeof host === 'string' ? { address: host } : host;
    if (address === undefined) return [];
    const at = typeof host === 'string' ? path : [...path, 'address'];
    reader.takeAddress(address, at);
    const lan = lans.holding(address);
    if (lan) lans.checkStation(address, lan, at);
    else if (!lans.isRouted && !reader.shape.isBroken(['lan'])) {
      reader.say(at, `${spell(at)}: ${address} is on no lan, and there is no \`gateway\` that it could be beyond`);
    }
    return [{ name, address, lan: lan?.name, listens: readListens(listens) }];
  });
}
