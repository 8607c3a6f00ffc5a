import { describe, it } from 'node:test';
import { expect } from 'chai';
import { judge } from '../claims/judge.js';
import { readSentence } from '../claims/sentence.js';
import { echo, FakeJourney, FakeScene } from '../fake-journey.js';
import type { Journey } from '../journey.js';
import { narrate } from './narrate.js';
import { COLOURED, PLAIN, paintFor } from './paint.js';
import { WIDTH, wrap } from './rows.js';

const RULES = {
  master: `*raw
:PREROUTING ACCEPT
:cali-PREROUTING -
-A PREROUTING -m comment --comment "cali:6gwbT8clXdHdC1b1" -j cali-PREROUTING
-A cali-PREROUTING -i cali+ -m comment --comment "cali:HU0rcfdUvNdkBxRA" -j MARK --set-xmark 0x4000000/0x4000000
COMMIT
*filter
:FORWARD DROP
:cali-FORWARD -
:cali-from-wl-dispatch -
:cali-to-wl-dispatch -
:cali-tw-cali1 -
-A FORWARD -m comment --comment "cali:wUHhoiAYhphO9Mso" -j cali-FORWARD
-A cali-FORWARD -i cali+ -m comment --comment "cali:X3vB2lGcBrfkYquC" -j cali-from-wl-dispatch
-A cali-FORWARD -o cali+ -m comment --comment "cali:UtJ9FnhBnFbyQMvU" -j cali-to-wl-dispatch
-A cali-FORWARD -i cali+ -m comment --comment "cali:Tt19HcSdA5YIGSsw" -j ACCEPT
-A cali-to-wl-dispatch -o cali1 -m comment --comment "cali:abcdefghij123456" -g cali-tw-cali1
-A cali-tw-cali1 -m comment --comment "cali:qrstuvwxyz123456" -m mark --mark 0x1000000/0x1000000 -j RETURN
-A cali-tw-cali1 -m comment --comment "cali:ABCDEFGHIJ123456" -m comment --comment "Drop if no profiles matched" -j DROP
COMMIT
`,
};
const scene = new FakeScene(
  {
    web1: { address: '172.20.0.1', interface: 'cali1' },
    master: { address: '172.16.0.1' },
    slave1: { address: '172.16.0.2' },
  },
  RULES,
);

function toTheNode(from: string): FakeJourney {
  return new FakeJourney({ kind: 'ping', from, to: '172.20.0.1' }, RULES, ['lan'])
    .made(from, echo('172.16.0.2', '172.20.0.1'))
    .routed('unicast', '172.20.0.0/26', 'ens33', '172.16.0.1')
    .sent('ens33', '172.16.0.1')
    .received('lan', 'p1')
    .bridged('br', 'p1', ['p2'])
    .sent('p2')
    .received('master', 'ens33')
    .table('raw', 'PREROUTING', 'PREROUTING 1, cali-PREROUTING return, PREROUTING policy')
    .table('mangle', 'PREROUTING', 'PREROUTING policy')
    .table('nat', 'PREROUTING', 'PREROUTING policy');
}

const dropped = toTheNode('slave1')
  .routed('forward', '172.20.0.1/32', 'cali1')
  .forwarded()
  .table('filter', 'FORWARD', 'FORWARD 1, cali-FORWARD 2, cali-to-wl-dispatch 1, cali-tw-cali1 2')
  .verdict('DROP')
  .ends({ kind: 'silence' });

async function failure(journey: Journey, text: string, paint = PLAIN): Promise<string> {
  const [statement] = readSentence('it', text);
  const judgement = await judge(statement!, journey, scene);
  expect(judgement.holds).to.equal(false);
  const roundTrip = statement!.claim.of === 'outcome';
  return narrate({ ...judgement, expected: `it ${text}`, roundTrip }, journey, scene, paint);
}

function lines(text: string): string[] {
  return text.split('\n');
}

const WALK = `slave1  made                    icmp echo request 172.16.0.2 → 172.20.0.1
        route                   172.20.0.0/26 via 172.16.0.1 dev ens33
        out                     ens33 to master 172.16.0.1
master  in                      ens33
        raw PREROUTING          PREROUTING 1,policy
        mangle, nat PREROUTING  policy
        route                   172.20.0.1 dev cali1
        filter FORWARD          FORWARD 1: -j cali-FORWARD
                                cali-FORWARD 2: -o cali+ -j cali-to-wl-dispatch
                                cali-to-wl-dispatch 1: -o cali1 -g cali-tw-cali1
                                cali-tw-cali1 2: -m comment --comment "Drop if no profiles matched" -j DROP
        DROP                    by rule 2 of filter cali-tw-cali1

rule 2 of filter cali-tw-cali1 on master (Felix, chain cali-tw-cali1)
  -A cali-tw-cali1 -m comment --comment "cali:ABCDEFGHIJ123456"
    -m comment --comment "Drop if no profiles matched" -j DROP`;

describe('the story of a failing claim', () => {
  it('tells the walk and who decided', async () => {
    expect(lines(await failure(dropped, 'is answered'))).to.deep.equal(
      lines(`expected  it is answered
happened  it was dropped on master by rule 2 of filter cali-tw-cali1;
          the sender heard nothing

${WALK}`),
    );
  });

  it('says which condition of an expected rule failed', async () => {
    expect(lines(await failure(dropped, 'is dropped by rule 1 of cali-tw-<web1> on master'))).to.deep.equal(
      lines(`expected  it is dropped by rule 1 of cali-tw-<web1> on master
happened  it was dropped on master by rule 2 of filter cali-tw-cali1;
          the sender heard nothing

${WALK}

rule 1 of filter cali-tw-cali1 on master did not match:
  -A cali-tw-cali1 -m mark --mark 0x1000000/0x1000000 -j RETURN
  ✗ --mark 0x1000000/0x1000000 wanted, the packet carries mark 0x0`),
    );
  });

  it('says what kept the packet out of an expected chain', async () => {
    expect(await failure(dropped, 'passes cali-from-wl-dispatch')).to.match(
      /rule 1 of filter cali-FORWARD on master did not match:\n {2}-A cali-FORWARD -i cali\+ -j cali-from-wl-dispatch\n {2}✗ -i cali\+ wanted, the packet came in by ens33$/,
    );
  });

  it('says why an expected rule was not reached', async () => {
    expect(await failure(dropped, 'matches rule 3 of cali-FORWARD')).to.match(
      /rule 3 of filter cali-FORWARD on master was not reached:\n {2}-A cali-FORWARD -o cali\+ -j cali-to-wl-dispatch\n {2}✗ the walk did not come back from rule 2$/,
    );
  });

  it('ends where the packet parted from the expectation', async () => {
    const story = await failure(dropped, 'does not pass raw cali-PREROUTING');
    expect(lines(story).slice(-3)).to.deep.equal([
      'master  in              ens33',
      '        raw PREROUTING  PREROUTING 1: -j cali-PREROUTING',
      '                        cali-PREROUTING return',
    ]);
  });

  it('shows marks and addresses where they change, and the neighbour that did not answer', async () => {
    const journey = new FakeJourney({ kind: 'ping', from: 'web1', to: '8.8.8.8' }, RULES)
      .made('web1', echo('172.20.0.1', '8.8.8.8'))
      .sent('cali0', '169.254.1.1')
      .received('master', 'cali1')
      .table('raw', 'PREROUTING', 'PREROUTING 1, cali-PREROUTING 1, cali-PREROUTING return, PREROUTING policy')
      .routed('forward', '0.0.0.0/0', 'ens33', '172.16.0.9')
      .translated('source', '172.16.0.1', 'MASQUERADE')
      .dropped('neighbour-failed', 'nobody answers for 172.16.0.9 on ens33')
      .ends({ kind: 'silence' });
    expect(lines(await failure(journey, 'is answered')).slice(4)).to.deep.equal(
      lines(`web1    made            icmp echo request 172.20.0.1 → 8.8.8.8
        out             cali0 to 169.254.1.1
master  in              cali1
        raw PREROUTING  PREROUTING 1 › cali-PREROUTING 1 › PREROUTING policy
                        mark 0x0 → 0x4000000
        route           default via 172.16.0.9 dev ens33
        source          172.20.0.1 → 172.16.0.1, MASQUERADE
        dropped         neighbour-failed: nobody answers for 172.16.0.9 on ens33`),
    );
  });

  it('tells the way back where the reply was lost', async () => {
    const journey = toTheNode('slave1')
      .received('web1', 'cali0')
      .delivered('icmp')
      .made('web1', echo('172.20.0.1', '172.16.0.2'), 'echo-reply', 1)
      .received('master', 'cali1')
      .dropped('rp-filter', 'strict')
      .ends({ kind: 'silence' });
    const story = await failure(journey, 'is answered');
    expect(story).to.contain(
      'happened  the reply ended on master, rp-filter: strict;\n          the sender heard nothing',
    );
    expect(story).to.match(/\n\nthe reply\nweb1 {4}made {5}icmp echo request 172.20.0.1 → 172.16.0.2\n/);
  });

  it("tells the request's walk where the expected reply was never made", async () => {
    const [statement] = readSentence('reply', 'is not masqueraded');
    const judgement = await judge(statement!, dropped, scene);
    const story = await narrate({ ...judgement, expected: 'the reply is not masqueraded' }, dropped, scene);
    expect(story).to.contain('happened  there was no reply: it was dropped on master').and.to.contain(WALK);
  });

  it('is no wider than it should be', async () => {
    for (const text of ['is answered', 'is dropped by rule 1 of cali-tw-cali1', 'passes cali-from-wl-dispatch']) {
      for (const line of lines(await failure(dropped, text))) expect(line.length).to.be.at.most(WIDTH);
    }
  });
});

describe('colour', () => {
  it('is for terminals, unless NO_COLOR is set', () => {
    expect(paintFor({ isTTY: true }, {})).to.equal(COLOURED);
    expect(paintFor({ isTTY: true }, { NO_COLOR: '1' })).to.equal(PLAIN);
    expect(paintFor({ isTTY: true }, { NO_COLOR: '' })).to.equal(COLOURED);
    expect(paintFor({}, {})).to.equal(PLAIN);
  });

  it('changes no letter', async () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one.
    const bare = (text: string) => text.replace(/\u001b\[\d+m/g, '');
    const coloured = await failure(dropped, 'is answered', COLOURED);
    expect(coloured).to.not.equal(bare(coloured));
    expect(bare(coloured)).to.equal(await failure(dropped, 'is answered'));
  });
});

describe('wrapping', () => {
  it('breaks before conditions, never within one', () => {
    expect(wrap('-A X -m comment --comment "a b c" -j DROP', 20)).to.deep.equal([
      '-A X',
      '-m comment --comment "a b c"',
      '-j DROP',
    ]);
  });
});
