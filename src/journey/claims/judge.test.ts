import { describe, it } from 'node:test';
import { expect } from 'chai';
import { echo, FakeJourney, FakeScene } from '../fake-journey.js';
import type { Journey } from '../journey.js';
import type { Outcome } from '../probe.js';
import { judge } from './judge.js';
import { type Language, readSentence } from './sentence.js';

const RULES = {
  master: `*raw
:PREROUTING ACCEPT
:cali-PREROUTING -
-A PREROUTING -j cali-PREROUTING
-A cali-PREROUTING -i cali+ -j MARK --set-xmark 0x4000000/0x4000000
COMMIT
*nat
:PREROUTING ACCEPT
:POSTROUTING ACCEPT
:cali-PREROUTING -
:cali-nat-outgoing -
-A PREROUTING -j cali-PREROUTING
-A POSTROUTING -j cali-nat-outgoing
-A cali-nat-outgoing -s 172.20.0.0/16 -j MASQUERADE
COMMIT
*filter
:FORWARD DROP
:cali-FORWARD -
:cali-from-wl -
:cali-tw-cali1 -
-A FORWARD -j cali-FORWARD
-A cali-FORWARD -i cali+ -j cali-from-wl
-A cali-FORWARD -o cali+ -j cali-tw-cali1
-A cali-FORWARD -i cali+ -j ACCEPT
-A cali-tw-cali1 -j DROP
COMMIT
`,
};
const scene = new FakeScene(
  {
    web1: { address: '172.20.0.1', interface: 'cali1' },
    web3: { address: '172.20.1.1', interface: 'cali3' },
    master: { address: '172.16.0.1' },
    slave1: { address: '172.16.0.2' },
    internet: { address: '8.8.8.8' },
  },
  RULES,
);
const probe = { kind: 'ping', from: 'web1', to: '8.8.8.8' } as const;
const answered: Outcome = { kind: 'answered' };
const silence: Outcome = { kind: 'silence' };

function throughForward(): FakeJourney {
  return new FakeJourney(probe, RULES)
    .made('web1', echo('172.20.0.1', '8.8.8.8'))
    .sent('cali0', '169.254.1.1')
    .received('master', 'cali1')
    .table('raw', 'PREROUTING', 'PREROUTING 1, cali-PREROUTING 1, cali-PREROUTING return, PREROUTING policy')
    .routed('forward', '0.0.0.0/0', 'ens33', '172.16.0.2')
    .table('filter', 'FORWARD', 'FORWARD 1, cali-FORWARD 1, cali-from-wl return, cali-FORWARD 3');
}

function masqueraded(): Journey {
  return throughForward()
    .table('nat', 'POSTROUTING', 'POSTROUTING 1, cali-nat-outgoing 1')
    .translated('source', '172.16.0.1', 'MASQUERADE')
    .sent('ens33', '172.16.0.2')
    .received('internet', 'eth0')
    .delivered('icmp')
    .made('internet', echo('8.8.8.8', '172.16.0.1'), 'echo-reply', 1)
    .received('master', 'ens33')
    .translated('destination', '172.20.0.1', undefined, 'snat')
    .received('web1', 'cali0')
    .delivered('ping')
    .ends(answered);
}

async function say(journey: Journey, text: string, language: Language = 'en') {
  const sentence = language === 'en' ? /^(it|the reply|the error) (.*)$/ : /^(它|应答|错误)(.*)$/u;
  const [, subject, claims] = sentence.exec(text)!;
  const subjects = {
    it: 'it',
    'the reply': 'reply',
    'the error': 'error',
    它: 'it',
    应答: 'reply',
    错误: 'error',
  } as const;
  const statements = readSentence(subjects[subject as keyof typeof subjects], claims!.trim(), language);
  const judged = await Promise.all(statements.map((statement) => judge(statement, journey, scene)));
  return judged.find(({ holds }) => !holds) ?? judged[0]!;
}

function languageOf(text: string): Language {
  return /\p{Script=Han}/u.test(text) ? 'zh' : 'en';
}

function holds(journey: Journey, ...sentences: string[]): void {
  for (const text of sentences) {
    it(text, async () => {
      expect(await say(journey, text, languageOf(text))).to.have.property('holds', true);
    });
  }
}

function fails(journey: Journey, sentences: Readonly<Record<string, string | RegExp>>): void {
  for (const [text, happened] of Object.entries(sentences)) {
    it(`not: ${text}`, async () => {
      const judgement = await say(journey, text, languageOf(text));
      expect(judgement.holds).to.equal(false);
      expect(judgement.happened).to.match(new RegExp(happened));
    });
  }
}

async function mistake(text: string, journey = masqueraded()): Promise<string> {
  try {
    await say(journey, text);
  } catch (error) {
    return (error as Error).message;
  }
  return 'no mistake';
}

describe('claims about a masqueraded, answered ping', () => {
  const journey = masqueraded();
  holds(
    journey,
    'it is answered',
    'it is delivered',
    'it is delivered to internet',
    'it is not dropped',
    'it is not lost',
    'it passes cali-FORWARD',
    'it passes FORWARD, cali-FORWARD, cali-from-wl, cali-nat-outgoing',
    'it passes filter cali-FORWARD on master',
    'it does not pass INPUT',
    'it matches rule 1 of cali-nat-outgoing on master',
    'it does not match rule 2 of cali-FORWARD',
    'it is masqueraded',
    'it is masqueraded on master as 172.16.0.1',
    'it is masqueraded as master',
    'it is not masqueraded on web1',
    'it is not translated',
    'it is seen by internet from master',
    'it is not seen by internet from web1',
    'it leaves master by ens33 via slave1',
    'it leaves master by ens33 via 172.16.0.2',
    'it does not leave master by tunl0',
    'it carries mark 0x4000000 after raw PREROUTING on master',
    'it carries mark 0x4000000 after raw cali-PREROUTING on master',
    'it carries mark 0x0/0xff after FORWARD on master',
    'it passes cali-FORWARD and is masqueraded on master as 172.16.0.1 and it is answered',
    'the reply is delivered to web1 and is not masqueraded',
    '它经过 cali-FORWARD 且在 master 上被 masquerade 为 172.16.0.1',
    '它在 master 上经过 FORWARD、cali-FORWARD，没有被丢弃',
    '它得到应答',
    '应答没有被 masquerade',
    '它从 master 的 ens33 发出',
    '它匹配 cali-nat-outgoing 的第 1 条规则',
  );
  fails(journey, {
    'it is not answered': 'the sender was answered',
    'it is lost': 'the sender was answered',
    'it is dropped': 'it was delivered to internet',
    'it passes cali-from-wl, cali-FORWARD': 'passed cali-from-wl, but cali-FORWARD before it',
    'it passes cali-tw-<web1>': 'did not pass cali-tw-cali1',
    'it does not pass cali-FORWARD, INPUT': 'passed filter cali-FORWARD on master',
    'it matches rule 2 of cali-FORWARD': 'did not match rule 2 of cali-FORWARD',
    'it is not masqueraded': '172.20.0.1 became 172.16.0.1 on master, by MASQUERADE',
    'it is masqueraded as 172.16.0.9': '172.20.0.1 became 172.16.0.1',
    'it is translated to web3:80': 'kept its destination address',
    'it is seen by internet from web1': 'internet saw it from 172.16.0.1 \\(master\\)',
    'it leaves master by tunl0': 'left master by ens33 to 172.16.0.2 \\(slave1\\)',
    'it carries mark 0x1 after raw PREROUTING on master': 'carried mark 0x4000000 after raw PREROUTING on master',
    'the error is delivered to web1': 'there was no error: it was delivered to internet',
    它丢失: 'the sender was answered',
  });
});

describe('claims about a dropped ping', () => {
  const dropped = new FakeJourney({ ...probe, to: '172.20.0.1', from: 'slave1' }, RULES)
    .made('slave1', echo('172.16.0.2', '172.20.0.1'))
    .received('master', 'ens33')
    .routed('forward', '172.20.0.1/32', 'cali1')
    .table('filter', 'FORWARD', 'FORWARD 1, cali-FORWARD 2, cali-tw-cali1 1')
    .verdict('DROP')
    .ends(silence);
  holds(
    dropped,
    'it is dropped',
    'it is dropped on master',
    'it is dropped by rule 1 of cali-tw-<web1> on master',
    'it is dropped by rule 1 of filter cali-tw-<web1>',
    'it is lost',
    'it is not answered',
    'it is not delivered to web1',
    '它在 master 上被 cali-tw-<web1> 的第 1 条规则丢弃',
    '它被丢弃',
  );
  fails(dropped, {
    'it is answered': 'it was dropped on master by rule 1 of filter cali-tw-cali1; the sender heard nothing',
    'it is dropped on slave1': 'it was dropped on master',
    'it is dropped by rule 2 of cali-FORWARD on master': 'by rule 1 of filter cali-tw-cali1',
    'it is dropped by the FORWARD policy': 'by rule 1 of filter cali-tw-cali1',
    'it is rejected': 'was dropped on master',
    'it is refused': 'was dropped on master',
    'it is unreachable': 'the sender heard nothing',
    'the reply is delivered to slave1': 'there was no reply: it was dropped on master',
    'the reply is not masqueraded': 'there was no reply',
  });
});

describe('claims about other ends', () => {
  const start = () => throughForward();
  holds(
    start().table('filter', 'FORWARD', 'FORWARD policy').verdict('DROP').ends(silence),
    'it is dropped by the FORWARD policy on master',
    'it is dropped by the filter FORWARD policy',
  );
  const rejected = start()
    .verdict('REJECT', { rejectWith: 'icmp-port-unreachable' })
    .made('master', echo('172.16.0.1', '172.20.0.1'), 'icmp-error', 1)
    .received('web1', 'cali0')
    .delivered('ping')
    .ends({ kind: 'error', text: 'Destination Port Unreachable', local: false, from: '172.16.0.1' });
  holds(
    rejected,
    'it is rejected',
    'it is rejected with icmp-port-unreachable on master',
    'it is rejected by rule 3 of cali-FORWARD with icmp-port-unreachable',
    'it is unreachable: "Destination Port Unreachable"',
    'it is not dropped',
    'it is not lost',
    'the error is delivered to web1',
  );
  fails(rejected, {
    'it is unreachable: "Destination Host Unreachable"': 'told "Destination Port Unreachable" by 172.16.0.1',
  });
  const refused = start()
    .received('internet', 'eth0')
    .dropped('no-socket', 'nothing listens on tcp 80')
    .made('internet', echo('8.8.8.8', '172.20.0.1'), 'tcp-reset', 1)
    .ends({ kind: 'error', text: 'Connection refused', local: false, from: '8.8.8.8' });
  holds(refused, 'it is refused', 'it is not dropped', 'it is not rejected', 'it is not unreachable');
  holds(
    new FakeJourney(probe)
      .made('web1', echo('172.20.0.1', '8.8.8.8'))
      .received('slave1', 'ens33')
      .dropped('no-route', 'none')
      .ends(silence),
    'it has no route on slave1',
    'it is dropped because of no-route on slave1',
    'it is dropped',
  );
  const unsent = new FakeJourney(probe).ends({
    kind: 'error',
    text: 'Network is unreachable',
    local: true,
    from: undefined,
  });
  holds(unsent, 'it is unreachable: "Network is unreachable"', 'it is not lost');
  fails(unsent, { 'it does not pass FORWARD': 'nothing was sent; the sender was told "Network is unreachable"' });
});

describe('claims about an undetermined walk', () => {
  const unknown = throughForward().verdict('UNDETERMINED', { reason: '-m foo is not modelled' }).ends(silence);
  holds(
    unknown,
    'it is undetermined',
    'it is undetermined by rule 3 of cali-FORWARD on master',
    'it passes cali-FORWARD',
  );
  const cannot = 'is undetermined on master, at rule 3 of filter cali-FORWARD: -m foo is not modelled';
  fails(unknown, {
    'it is lost': cannot,
    'it is not answered': cannot,
    'it is not masqueraded': cannot,
    'it does not pass INPUT': cannot,
    'it is not delivered': cannot,
    'it is not dropped': cannot,
    'it is dropped': cannot,
    'it does not leave master': cannot,
  });
});

describe('mistakes in claims', () => {
  it('say what was meant', async () => {
    expect(await mistake('it is masquerded')).to.equal('`is masquerded` is no claim; did you mean `is masqueraded`?');
    expect(await mistake('it is droped by rule 1 of FORWARD')).to.contain('did you mean `is dropped by rule`?');
    expect(await mistake('it pases FORWARD')).to.contain('did you mean `passes`?');
    expect(await mistake('it does not pas FORWARD')).to.contain('did you mean `does not pass`?');
    expect(await mistake('it glows in the dark')).to.match(/^`glows in the dark` is no claim; claims: is answered, /);
    expect(await mistake('it passes FORWARD and cali-FORWARD')).to.contain(
      'with commas: `passes FORWARD, cali-FORWARD`',
    );
    expect(await mistake('it passes cali-FORWRD')).to.equal(
      'no chain `cali-FORWRD` on any node; did you mean `cali-FORWARD`?',
    );
    expect(await mistake('it passes nat cali-FORWARD on master')).to.contain(
      'no chain `cali-FORWARD` in table nat on master',
    );
    expect(await mistake('it passes fliter FORWARD')).to.contain(
      'no table `fliter`, in `fliter FORWARD`; did you mean `filter`?',
    );
    expect(await mistake('it passes cali-tw-<wbe1>')).to.contain(
      'no workload `wbe1`, in `cali-tw-<wbe1>`; did you mean `web1`?',
    );
    expect(await mistake('it passes FORWARD on mastr')).to.equal('no node `mastr`; did you mean `master`?');
    expect(await mistake('it matches rule 9 of cali-FORWARD on master')).to.equal(
      'no rule 9 in `cali-FORWARD` on master: it has 3 rules',
    );
    expect(await mistake('it matches rule nine of cali-FORWARD')).to.contain('`nine` is not a rule number');
    expect(await mistake('it is rejected with icmp-prot-unreachable')).to.contain(
      'did you mean `icmp-proto-unreachable`?',
    );
    expect(await mistake('it leaves master by ens3')).to.equal('master has no device `ens3`; did you mean `ens33`?');
    expect(await mistake('it carries mark red after FORWARD')).to.contain('`red` is not a mark');
    expect(await mistake('it is masqueraded as mster')).to.contain('did you mean `master`?');
    expect(await mistake('it is translated to web3:99999')).to.contain('`99999` is not a port');
    expect(await mistake('the reply is answered')).to.contain('`the reply is delivered`');
  });

  it('ask for the table where a rule number could mean several', async () => {
    const text = 'it matches rule 1 of PREROUTING on master';
    expect(await mistake(text)).to.equal(
      '`PREROUTING` is in raw and nat on master; name the table: `rule 1 of raw PREROUTING`',
    );
    expect(await mistake('it matches rule 1 of raw PREROUTING on master')).to.equal('no mistake');
  });
});
