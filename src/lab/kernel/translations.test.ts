import { describe, it } from 'node:test';
import { expect } from 'chai';
import { ipv4 } from '../../net/ipv4.js';
import type { Packet, Payload } from '../../net/packet.js';
import { translations, withDestinationOf } from './translations.js';

function packet(src: string, dst: string, payload: Payload): Packet {
  return { src: ipv4(src), dst: ipv4(dst), protocol: 17, ttl: 64, tos: 0, id: 1, df: true, length: 40, payload };
}
const udp = (sport: number, dport: number): Payload => ({ kind: 'udp', sport, dport, data: 0 });
const error = (quoted: Packet): Payload => ({ kind: 'icmp', type: 3, code: 3, id: 0, seq: 0, quoted });

const asked = packet('10.0.1.2', '10.0.1.1', udp(40_000, 1053));
const translated = packet('10.0.2.1', '10.0.2.2', udp(40_000, 53));

describe('translations between two sights of a datagram', () => {
  it('are none where nothing but the TTL differs', () => {
    expect(translations(asked, { ...asked, ttl: 63 }, true)).to.deep.equal([]);
  });

  it('are by address and by port', () => {
    expect(translations(asked, translated, true)).to.deep.equal([
      { side: 'destination', nat: 'dnat' },
      { side: 'source', nat: 'snat' },
    ]);
    const port = packet('10.0.1.2', '10.0.1.1', udp(7000, 1053));
    expect(translations(asked, port, true)).to.deep.equal([{ side: 'source', nat: 'snat' }]);
  });

  it('carry the name of what they undo on the way back', () => {
    expect(translations(translated, asked, false)).to.deep.equal([
      { side: 'destination', nat: 'snat' },
      { side: 'source', nat: 'dnat' },
    ]);
  });

  it('show in the header that an error quotes, even where the outer one stays', () => {
    const before = packet('10.0.1.1', '10.0.1.2', error(packet('10.0.1.2', '10.0.2.2', udp(40_000, 53))));
    const after = packet('10.0.1.1', '10.0.1.2', error(asked));
    expect(translations(before, after, false)).to.deep.equal([{ side: 'source', nat: 'dnat' }]);
  });

  it('happen to the destination first, and to the source of what is quoted with it', () => {
    const before = packet('10.0.2.2', '10.0.2.1', error(translated));
    const after = packet('10.0.1.1', '10.0.1.2', error(asked));
    expect(withDestinationOf(before, after)).to.deep.equal(
      packet('10.0.2.2', '10.0.1.2', error(packet('10.0.1.2', '10.0.2.2', udp(40_000, 53)))),
    );
  });
});
