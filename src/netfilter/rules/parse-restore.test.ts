import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { expect } from 'chai';
import fc from 'fast-check';
import { NetfilterMistake } from '../mistake.js';
import { parseListing } from './parse-listing.js';
import { parseRestore } from './parse-restore.js';
import { printListing, printSave } from './print.js';

function mistakeOf(action: () => unknown): NetfilterMistake {
  try {
    action();
  } catch (mistake) {
    if (mistake instanceof NetfilterMistake) return mistake;
    throw mistake;
  }
  throw new Error('nothing was refused');
}

describe('parseRestore', () => {
  it('gives back what iptables-save -c wrote', () => {
    const text = [
      '*nat',
      ':PREROUTING ACCEPT [5:300]',
      ':INPUT ACCEPT [0:0]',
      ':OUTPUT ACCEPT [1:60]',
      ':POSTROUTING ACCEPT [1:60]',
      ':cali-PREROUTING - [0:0]',
      '[12:720] -A PREROUTING -m comment --comment "cali:6gwbT8clXdHdC1b1" -j cali-PREROUTING',
      '[0:0] -A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE',
      'COMMIT',
      '*filter',
      ':INPUT ACCEPT [0:0]',
      ':FORWARD DROP [7:420]',
      ':OUTPUT ACCEPT [0:0]',
      ':B - [0:0]',
      ':a - [0:0]',
      '[1:2] -A FORWARD -g a',
      '[0:0] -A a',
      'COMMIT',
      '',
    ].join('\n');
    expect(printSave(parseRestore(text), { counters: true })).to.equal(text);
  });

  it('leaves comments, blank lines, tabs and carriage returns out', () => {
    const ruleSet = parseRestore('# x\r\n*filter\r\n\n:INPUT\tDROP\t[1:2]\r\n-A\tINPUT  -j ACCEPT \r\nCOMMIT\r\n');
    expect(printSave(ruleSet)).to.equal(
      '*filter\n:INPUT DROP [1:2]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n-A INPUT -j ACCEPT\nCOMMIT\n',
    );
  });

  it('loads only the tables that the text names', () => {
    expect([...parseRestore('*raw\nCOMMIT\n').keys()]).to.deep.equal(['raw']);
  });

  it('runs the commands that Felix writes in between', () => {
    const ruleSet = parseRestore(
      ['*filter', '-N U', '-A INPUT -j ACCEPT', '-I INPUT -s 1.1.1.1,2.2.2.2 -j DROP', '-I INPUT 2 -j U', '-D INPUT 1']
        .concat(['-R INPUT 1 -g U', '-P FORWARD DROP', '-A U -p tcp', '-F U', 'COMMIT', ''])
        .join('\n'),
    );
    expect(printListing(ruleSet.get('filter')!)).to.equal(
      [
        '-P INPUT ACCEPT',
        '-P FORWARD DROP',
        '-P OUTPUT ACCEPT',
        '-N U',
        '-A INPUT -g U',
        '-A INPUT -s 1.1.1.1/32 -j DROP',
        '-A INPUT -j ACCEPT',
        '',
      ].join('\n'),
    );
  });

  it('keeps what it does not model as it is written', () => {
    const rules = [
      '-A INPUT -p sctp -m sctp --dport 80 -j ACCEPT',
      '-A INPUT -m string --string "a \\"b\\" c" --algo bm --to 65535 -m mark --mark 0x1 -j DROP',
      '-A INPUT -m hashlimit --hashlimit-above 5/sec --hashlimit-burst 5 --hashlimit-name x -j NFQUEUE --queue-num 3',
      '-A INPUT -j TEE --gateway 10.0.0.1',
    ];
    const text = ['*filter', ...rules, 'COMMIT', ''].join('\n');
    expect(printSave(parseRestore(text)).split('\n').slice(4, -2)).to.deep.equal(rules);
  });

  it('takes a loop that no packet can reach, as the kernel does', () => {
    parseRestore('*filter\n:A - [0:0]\n:B - [0:0]\n-A A -j B\n-A B -j A\n-A INPUT -j ACCEPT\n-A INPUT -j A\nCOMMIT\n');
  });

  const MISTAKES: readonly (readonly [name: string, lines: readonly string[], message: string])[] = [
    [
      'an option',
      ['*filter', '-A INPUT -p tcp --dprt 80 -j ACCEPT', 'COMMIT'],
      'x:2:17: iptables-restore v1.8.9 (legacy): unknown option "--dprt"; did you mean --dport?',
    ],
    [
      'a match',
      ['*filter', '-A INPUT -m conntrak --ctstate NEW', 'COMMIT'],
      "x:2:13: iptables-restore v1.8.9 (legacy): Couldn't load match `conntrak':No such file or directory; did you mean conntrack?",
    ],
    [
      'a target',
      ['*filter', '-A INPUT -j ACCPET', 'COMMIT'],
      "x:2:13: iptables-restore v1.8.9 (legacy): Couldn't load target `ACCPET':No such file or directory; did you mean ACCEPT?",
    ],
    [
      'a chain to jump to',
      ['*filter', ':cali-INPUT - [0:0]', '-A INPUT -j cali-INPT', 'COMMIT'],
      "x:3:13: iptables-restore v1.8.9 (legacy): Couldn't load target `cali-INPT':No such file or directory; did you mean cali-INPUT?",
    ],
    [
      'a chain to add to',
      ['*filter', '-A INPTU -j ACCEPT', 'COMMIT'],
      'x:2:4: iptables-restore: line 2 failed (the filter table has no chain INPTU); did you mean INPUT?',
    ],
    [
      'a table',
      ['*fliter', 'COMMIT'],
      "x:1:2: iptables-restore v1.8.9 (legacy): iptables-restore: unable to initialize table 'fliter'; did you mean filter?",
    ],
    [
      'a missing COMMIT',
      ['*filter', '-A INPUT -j ACCEPT'],
      'x:3:1: iptables-restore: COMMIT expected at line 3 (the filter table is not finished)',
    ],
    [
      'a chain declared twice',
      ['*filter', ':FOO - [0:0]', ':FOO - [0:0]', 'COMMIT'],
      "x:3:2: iptables-restore v1.8.9 (legacy): error creating chain 'FOO':File exists",
    ],
    [
      'a policy',
      ['*filter', ':INPUT DORP [0:0]', 'COMMIT'],
      "x:2:8: iptables-restore v1.8.9 (legacy): Can't set policy `DORP' on `INPUT' line 2: Bad policy name (a policy is ACCEPT or DROP); did you mean DROP?",
    ],
    [
      'a policy of a user chain',
      ['*filter', ':FOO ACCEPT [0:0]', 'COMMIT'],
      "x:2:6: iptables-restore v1.8.9 (legacy): Can't set policy `ACCEPT' on `FOO' line 2: Bad built-in chain name (only a built-in chain has a policy)",
    ],
    [
      'a long name',
      ['*filter', ':abcdefghijklmnopqrstuvwxyz0123456789 - [0:0]', 'COMMIT'],
      "x:2:2: iptables-restore v1.8.9 (legacy): Invalid chain name `abcdefghijklmnopqrstuvwxyz0123456789' (28 chars max)",
    ],
    ['a stray word', ['*filter', 'hello', 'COMMIT'], "x:2:1: Bad argument `hello'"],
    ['counters', ['*filter', '[1:2 -A INPUT', 'COMMIT'], 'x:2:1: iptables-restore v1.8.9 (legacy): Bad line 2: need ]'],
    [
      'DROP in nat',
      ['*nat', '-A PREROUTING -j DROP', 'COMMIT'],
      'x:2:18: iptables-restore v1.8.9 (legacy): The "nat" table is not intended for filtering, the use of DROP is therefore inhibited.',
    ],
    [
      '-o in INPUT',
      ['*filter', '-A INPUT -o eth0', 'COMMIT'],
      "x:2:10: iptables-restore v1.8.9 (legacy): Can't use -o with INPUT",
    ],
    [
      'SNAT before routing',
      ['*nat', '-A PREROUTING -j SNAT --to-source 1.1.1.1', 'COMMIT'],
      'x:2:18: iptables-restore: line 2 failed (SNAT works in POSTROUTING, INPUT only)',
    ],
    [
      'REJECT reached from elsewhere',
      ['*mangle', '-A FORWARD -j REJECT', 'COMMIT'],
      'x:2:15: iptables-restore: line 2 failed (REJECT works in the filter table only)',
    ],
    [
      'a target in a chain that a wrong hook reaches',
      ['*nat', ':U - [0:0]', '-A U -j MASQUERADE', '-A OUTPUT -j U', 'COMMIT'],
      'x:3:9: iptables-restore: line 3 failed (MASQUERADE works in POSTROUTING only, and U can be reached from OUTPUT)',
    ],
    [
      'chains in a circle',
      ['*filter', ':A - [0:0]', ':B - [0:0]', '-A A -j B', '-A B -g A', '-A INPUT -j A', 'COMMIT'],
      'x:5:9: iptables-restore: line 5 failed (A → B → A is a loop)',
    ],
    [
      'a set',
      ['*filter', '-A INPUT -m set --match-set nope src', 'COMMIT'],
      "x:2:29: iptables-restore v1.8.9 (legacy): Set nope doesn't exist.",
    ],
  ];
  for (const [name, lines, message] of MISTAKES) {
    it(`points at a mistake in ${name}`, () => {
      const text = `${lines.join('\n')}\n`;
      expect(mistakeOf(() => parseRestore(text, { source: 'x', hasSet: () => false })).message).to.equal(message);
    });
  }
});

describe('parseListing', () => {
  it('gives back what iptables -S printed on a Docker and Calico node', () => {
    const text = readFileSync(new URL('./recorded/calico-docker-filter.txt', import.meta.url), 'utf8');
    expect(printListing(parseListing(text, 'filter'))).to.equal(text);
  });

  it('does not mind where a chain is declared', () => {
    const table = parseListing('-A INPUT -j U\n-N U\n', 'filter');
    expect(printListing(table)).to.contain('-N U\n-A INPUT -j U\n');
  });

  it('points at a mistake', () => {
    const { message } = mistakeOf(() => parseListing('-P INPUT DROP\n-A INPUT -j REJCT\n', 'filter', 'node.rules'));
    expect(message).to.match(
      /^node.rules:2:13: iptables v1.8.9 \(legacy\): Couldn't load target .*; did you mean REJECT\?$/,
    );
  });
});

/** Rules as iptables itself printed them, of every extension, by table and chain. */
const PRINTED = readFileSync(new URL('./recorded/printed.tsv', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((record) => record.split('\t'))
  .filter(([typed, code, printed]) => code === '0' && !printed!.includes('\\n') && !typed!.includes(' -ieth0'))
  .map(([typed, , printed]) => ({ table: typed!.split(' ')[0]!, rule: printed! }));

/** One match or target of them with its options. */
function parts(table: string, chain: string, kind: '-m' | '-j'): string[] {
  const found = PRINTED.filter(({ rule }) => !rule.includes('--comment -j'))
    .filter((one) => one.table === table && one.rule.startsWith(`-A ${chain} `))
    .flatMap(({ rule }) => rule.split(/ (?=-[mjg] )/).filter((part) => part.startsWith(kind)));
  return [...new Set(found)].filter(
    (part) => !/^-m (tcp|udp|icmp|multiport|rpfilter)|NFQUEUE|tcp-reset|TCPMSS/.test(part),
  );
}

describe('print and parse', () => {
  const selectors = fc.tuple(
    fc.constantFrom('', '-s 10.0.0.1/32', '! -s 10.0.0.0/8', '-s 10.0.0.0/255.0.255.0'),
    fc.constantFrom('', '-d 10.1.0.0/16', '! -d 0.0.0.0/0'),
    fc.constantFrom('', '-i eth0', '! -i cali+'),
    fc.constantFrom(
      '',
      '-p tcp',
      '! -p udp',
      '-p ipencap',
      '-p 200',
      '-p tcp -m tcp ! --dport 80:90',
      '-p icmp -m icmp --icmp-type 3/4',
    ),
  );
  const rulesOf = (table: string, chain: string) =>
    fc
      .tuple(
        selectors,
        fc.array(fc.constantFrom(...parts('filter', 'INPUT', '-m')), { maxLength: 4 }),
        fc.array(fc.stringMatching(/^[ -~]{1,20}$/), { maxLength: 1 }),
        fc.constantFrom('', ...parts(table, chain, '-j')),
      )
      .map(([selector, matches, comments, target]) =>
        [
          `-A ${chain}`,
          ...selector,
          ...matches,
          ...comments.map((text) => `-m comment --comment "${text.replace(/["\\']/g, '\\$&')}"`),
          target,
        ]
          .filter((part) => part !== '')
          .join(' '),
      );

  for (const [table, chain] of [
    ['filter', 'INPUT'],
    ['mangle', 'PREROUTING'],
    ['raw', 'PREROUTING'],
  ] as const) {
    it(`is a fixed point for generated rules of ${table} ${chain}`, () => {
      fc.assert(
        fc.property(fc.array(rulesOf(table, chain), { minLength: 1, maxLength: 8 }), (rules) => {
          const text = [`*${table}`, ':U - [0:0]', ...rules, 'COMMIT', ''].join('\n');
          const once = printSave(parseRestore(text));
          expect(printSave(parseRestore(once))).to.equal(once);
          expect(once.split('\n').filter((line) => line.startsWith('-A'))).to.have.length(rules.length);
        }),
        { numRuns: 100 },
      );
    });
  }

  it('is a fixed point for every rule that iptables printed', () => {
    for (const { table, rule } of PRINTED) {
      const printed = printSave(parseRestore(`*${table}\n:U - [0:0]\n${rule}\nCOMMIT\n`));
      expect(printed.split('\n').filter((line) => line.startsWith('-A'))).to.deep.equal([rule]);
    }
  });
});
