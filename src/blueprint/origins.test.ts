import { describe, it } from 'node:test';
import { expect } from 'chai';
import type { NamespacePlan } from './blueprint.js';
import { Origins } from './origins.js';

const IPTABLES = `*filter
:FORWARD DROP [0:0]
:cali-FORWARD - [0:0]
-A FORWARD --in-interface docker0 --jump ACCEPT
-A FORWARD -j cali-FORWARD
COMMIT
`;

const ORIGINS = { 'filter FORWARD 1': 'Docker, bridge docker0', 'filter cali-FORWARD': 'Felix 2.6.4' };

describe('the origin of a rule', () => {
  const origins = new Origins({ iptables: IPTABLES, origins: ORIGINS } as unknown as NamespacePlan);

  it('is found by the text that iptables-save prints, whatever the spelling in the plan', () => {
    expect(origins.of('filter', 'FORWARD', '-i docker0 -j ACCEPT')).to.equal('Docker, bridge docker0');
  });

  it("is its chain's where the rule has none of its own", () => {
    expect(origins.of('filter', 'cali-FORWARD', '-j DROP')).to.equal('Felix 2.6.4');
    expect(origins.of('filter', 'cali-FORWARD')).to.equal('Felix 2.6.4');
  });

  it('is unknown where nobody said', () => {
    expect(origins.of('filter', 'FORWARD', '-j cali-FORWARD')).to.equal(undefined);
    expect(origins.of('nat', 'FORWARD', '-i docker0 -j ACCEPT')).to.equal(undefined);
  });
});
