import { describe, it } from 'node:test';
import { expect } from 'chai';
import { ruleHashes } from './hash.js';
import { allocateMarks } from './marks.js';
import { setName } from './names.js';
import { type PolicyRule, policyRules } from './policy-rule.js';

const marks = allocateMarks(0xff000000);
const hashes = (rule: PolicyRule) => ruleHashes('cali-pi-default/web', policyRules(rule, marks));
const texts = (rule: PolicyRule) => policyRules(rule, marks).map(({ match, action }) => [...match, action].join(' '));

const MAIN = '--jump MARK --set-mark 0x1000000/0x1000000';
const RETURN = '-m mark --mark 0x1000000/0x1000000 --jump RETURN';

describe('one rule of a policy', () => {
  it('allows a port from an ip set', () => {
    const source = { sets: [setName('-', 's:x')] };
    expect(hashes({ action: 'allow', protocol: 'tcp', source, destination: { ports: ['80'] } })).to.deep.equal([
      ...['7uHHAKy9rzrL-rn6', 'HGN8xyjeBj67246v'],
    ]);
  });

  it('puts two nets into a block', () => {
    expect(hashes({ action: 'deny', source: { nets: ['10.0.0.0/24', '10.1.0.0/24'] } })).to.deep.equal([
      ...['8Ub_TUhntdR0sCbL', 'Eezx9G0TePYvR9y9', 'qa1Qorhb5i3Iykmc', 'qkMmexLZ6Ede_ReD'],
    ]);
  });

  it('repeats itself for the sixteenth port', () => {
    const ports = Array.from({ length: 16 }, (_, index) => `${index + 1}`);
    expect(hashes({ action: 'allow', protocol: 'tcp', destination: { ports } })).to.deep.equal([
      ...['kMJyZf7zEbPGpzXM', '6huNJdCpDo-oR1WH', 'iOpUpDD23f3KnU3p', 'Sv-2nFwTlOgdxfPb'],
    ]);
  });

  it('keeps one net and puts its exceptions into a block', () => {
    const source = { nets: ['10.0.0.0/8'], notNets: ['10.1.0.0/16', '10.2.0.0/16'] };
    expect(hashes({ action: 'allow', source })).to.deep.equal([
      ...['CdSOqPR8SPRQHoyy', 'HTJTiHGYQV7Rce15', '__kYYnoIQWwtdE8p', 'nIFXT6tLxqp6F4YC', 'uz8uIgTJUcD4peRA'],
    ]);
  });

  it('counts two nets that became a block when it looks at the one exception', () => {
    const source = { nets: ['10.0.0.0/16', '10.1.0.0/16'], notNets: ['10.0.1.0/24'] };
    expect(texts({ action: 'allow', source })).to.deep.equal([
      '--jump MARK --set-mark 0x0/0xc000000',
      '--source 10.0.0.0/16 --jump MARK --set-mark 0x4000000/0x4000000',
      '--source 10.1.0.0/16 --jump MARK --set-mark 0x4000000/0x4000000',
      '--source 10.0.1.0/24 --jump MARK --set-mark 0/0x4000000',
      `-m mark --mark 0x4000000/0x4000000 ${MAIN}`,
      RETURN,
    ]);
  });

  it('asks a second block with the second scratch bit', () => {
    const source = { nets: ['10.0.0.0/16', '10.1.0.0/16'] };
    const destination = { nets: ['10.2.0.0/16', '10.3.0.0/16'] };
    expect(texts({ action: 'deny', source, destination }).slice(3)).to.deep.equal([
      '--destination 10.2.0.0/16 --jump MARK --set-mark 0x8000000/0x8000000',
      '--destination 10.3.0.0/16 --jump MARK --set-mark 0x8000000/0x8000000',
      '-m mark --mark 0/0x8000000 --jump MARK --set-mark 0/0x4000000',
      '-m mark --mark 0x4000000/0x4000000 --jump DROP',
    ]);
  });

  it('writes its conditions in the order of the builder', () => {
    const source = { nets: ['10.0.0.1/32'], sets: ['a'], ports: ['1:2'], notSets: ['b'], notPorts: ['3'] };
    const destination = { nets: ['10.0.0.2/32'], sets: ['c'], ports: ['4'], notSets: ['d'], notPorts: ['5'] };
    expect(texts({ action: 'deny', protocol: 'udp', notIcmp: '8/0', source, destination })).to.deep.equal([
      [
        '-p udp --source 10.0.0.1/32 -m set --match-set a src -m multiport --source-ports 1:2',
        '--destination 10.0.0.2/32 -m set --match-set c dst -m multiport --destination-ports 4',
        '-m set ! --match-set b src -m multiport ! --source-ports 3',
        '-m set ! --match-set d dst -m multiport ! --destination-ports 5 -m icmp ! --icmp-type 8/0 --jump DROP',
      ].join(' '),
    ]);
  });

  it('counts a range as two ports', () => {
    const ports = [...Array.from({ length: 14 }, (_, index) => `${index + 1}`), '100:200'];
    const [first, , second] = texts({ action: 'allow', protocol: 'tcp', source: { ports } });
    expect(first).to.match(/ --source-ports 1,2,3,4,5,6,7,8,9,10,11,12,13,14 --jump/);
    expect(second).to.match(/ --source-ports 100:200 --jump/);
  });

  it('passes on, and logs without deciding', () => {
    expect(texts({ action: 'pass' })).to.deep.equal([
      '--jump MARK --set-mark 0x2000000/0x2000000',
      '-m mark --mark 0x2000000/0x2000000 --jump RETURN',
    ]);
    expect(texts({ action: 'log', notProtocol: 'tcp', icmp: '8' })).to.deep.equal([
      '-m icmp --icmp-type 8 ! -p tcp --jump LOG --log-prefix "calico-packet: " --log-level 5',
    ]);
  });
});
