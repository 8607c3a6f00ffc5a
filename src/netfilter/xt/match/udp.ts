/** `-m udp`: ports of a UDP datagram (xt_tcpudp.c, libxt_udp.c). */
import { UDP } from '../../../net/packet.js';
import type { MatchExtension } from '../extension.js';
import { listPorts, portGuard, portHolds, readPortCondition, savePorts } from '../port-condition.js';

export const udp: MatchExtension = {
  name: 'udp',
  options: [
    { name: 'source-port', aliases: ['sport'], takes: 1, negatable: true },
    { name: 'destination-port', aliases: ['dport'], takes: 1, negatable: true },
  ],
  build(options) {
    const sport = readPortCondition(options.get('source-port'));
    const dport = readPortCondition(options.get('destination-port'));
    return {
      extension: 'udp',
      text: ['-m udp', ...savePorts(sport, dport)].join(' '),
      listing: ['udp', ...listPorts(sport, dport)].join(' '),
      named: ['udp', ...listPorts(sport, dport, 'udp')].join(' '),
      placement: { protocols: [UDP] },
      test({ skb: { packet } }) {
        const { payload } = packet;
        return payload.kind === 'udp' && portHolds(sport, payload.sport) && portHolds(dport, payload.dport);
      },
      explain({ skb: { packet } }) {
        const { payload } = packet;
        if (payload.kind !== 'udp') return 'udp wanted, the packet is not UDP';
        const wanted = savePorts(sport, dport).join(' ') || 'any port';
        return `${wanted} wanted, the packet goes from port ${payload.sport} to port ${payload.dport}`;
      },
      ...portGuard('udp', sport, dport),
    };
  },
};
