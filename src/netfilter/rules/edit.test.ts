import { describe, it } from 'node:test';
import { expect } from 'chai';
import { NetfilterMistake } from '../mistake.js';
import type { Table } from '../rule.js';
import { wordsOf } from '../text/word.js';
import { applyCommand } from './command.js';
import { parseListing } from './parse-listing.js';
import { printListing } from './print.js';

const RULES = [
  '-N A',
  '-N B',
  '-A INPUT -s 10.0.0.1/32 -j ACCEPT',
  '-A INPUT -j A',
  '-A A -j B',
  '-A B -j ACCEPT',
  '-N C',
  '-A C -p tcp',
];

function table(name: 'filter' | 'nat' = 'filter'): Table {
  const made = parseListing(RULES.join('\n'), name);
  for (const chain of made.chains.values()) {
    Object.assign(chain, { packets: 5, bytes: 500 });
    for (const rule of chain.rules) Object.assign(rule, { packets: 7, bytes: 700 });
  }
  return made;
}

function run(edited: Table, command: string): void {
  applyCommand(edited, wordsOf(command.split(' ')));
}

/** The rules of INPUT with their packet counters after the command. */
function inputAfter(command: string): string[] {
  const edited = table();
  run(edited, command);
  return edited.chains.get('INPUT')!.rules.map(({ text, packets }) => `${packets} ${text}`);
}

describe('iptables commands', () => {
  const first = '7 -s 10.0.0.1/32 -j ACCEPT';
  const second = '7 -j A';

  it('-A, -I, -R and -D keep the counters of other rules', () => {
    expect(inputAfter('-A INPUT -p tcp')).to.deep.equal([first, second, '0 -p tcp']);
    expect(inputAfter('-I INPUT -p tcp')).to.deep.equal(['0 -p tcp', first, second]);
    expect(inputAfter('-I INPUT 2 -p tcp')).to.deep.equal([first, '0 -p tcp', second]);
    expect(inputAfter('-I INPUT 3 -p tcp')).to.deep.equal([first, second, '0 -p tcp']);
    expect(inputAfter('-R INPUT 1 -s 10.0.0.1 -j ACCEPT')).to.deep.equal(['0 -s 10.0.0.1/32 -j ACCEPT', second]);
    expect(inputAfter('-D INPUT 1')).to.deep.equal([second]);
  });

  it('-D and -C know a rule in any spelling', () => {
    expect(inputAfter('-D INPUT --jump ACCEPT --source 10.0.0.1')).to.deep.equal([second]);
    expect(inputAfter('-C INPUT --jump ACCEPT --source 10.0.0.1')).to.deep.equal([first, second]);
  });

  it('several addresses make several rules', () => {
    expect(inputAfter('-A INPUT -s 1.1.1.1,2.2.2.2 -d 3.3.3.3,4.4.4.4').slice(2)).to.deep.equal([
      '0 -s 1.1.1.1/32 -d 3.3.3.3/32',
      '0 -s 1.1.1.1/32 -d 4.4.4.4/32',
      '0 -s 2.2.2.2/32 -d 3.3.3.3/32',
      '0 -s 2.2.2.2/32 -d 4.4.4.4/32',
    ]);
    expect(inputAfter('-I INPUT -s 1.1.1.1,2.2.2.2').slice(0, 2)).to.deep.equal(['0 -s 2.2.2.2/32', '0 -s 1.1.1.1/32']);
  });

  it('any edit zeroes the counters of policies, -F and -Z leave the policy', () => {
    const edited = table();
    run(edited, '-P INPUT DROP');
    expect(edited.chains.get('INPUT')).to.include({ policy: 'DROP', packets: 0 });
    expect(edited.chains.get('FORWARD')).to.include({ policy: 'ACCEPT', packets: 0 });
    run(edited, '-F INPUT');
    expect(edited.chains.get('INPUT')).to.include({ policy: 'DROP' });
    expect(edited.chains.get('INPUT')!.rules).to.have.length(0);
    run(edited, '-Z A');
    expect(edited.chains.get('A')!.rules[0]).to.include({ packets: 0, bytes: 0 });
    expect(edited.chains.get('B')!.rules[0]).to.include({ packets: 7, bytes: 700 });
  });

  it('-N keeps the order of strcmp, -E takes the rules that jump along', () => {
    const edited = table();
    run(edited, '-N AA');
    run(edited, '-E B D');
    expect(printListing(edited)).to.equal(
      ['-P INPUT ACCEPT', '-P FORWARD ACCEPT', '-P OUTPUT ACCEPT', '-N A', '-N AA', '-N C', '-N D']
        .concat([
          '-A INPUT -s 10.0.0.1/32 -j ACCEPT',
          '-A INPUT -j A',
          '-A A -j D',
          '-A C -p tcp',
          '-A D -j ACCEPT',
          '',
        ])
        .join('\n'),
    );
  });

  it('-X without a name deletes every user chain', () => {
    const edited = table();
    run(edited, '-F');
    run(edited, '-X');
    expect([...edited.chains.keys()]).to.deep.equal(['INPUT', 'FORWARD', 'OUTPUT']);
  });

  it('an edited chain is a new object, others stay', () => {
    const edited = table();
    const { A, INPUT } = { A: edited.chains.get('A'), INPUT: edited.chains.get('INPUT') };
    run(edited, '-A INPUT -p tcp');
    expect(edited.chains.get('A')).to.equal(A);
    expect(edited.chains.get('INPUT')).not.to.equal(INPUT);
    expect(edited.chains.get('INPUT')!.rules[0]).to.equal(INPUT!.rules[0]);
  });

  it('an edit makes what counts begin anew, as the kernel does', () => {
    const edited = table();
    run(edited, '-A INPUT -m statistic --mode nth --every 2 --packet 1');
    const match = edited.chains.get('INPUT')!.rules[2]!.matches[0]!;
    expect(match.test({} as never)).to.equal(false);
    run(edited, '-A FORWARD -p tcp');
    expect([match.test({} as never), match.test({} as never)]).to.deep.equal([false, true]);
  });

  // Each sentence as iptables-legacy 1.8.9 said it on Linux 6.18.
  const REFUSALS: readonly (readonly [command: string, exitCode: number, stderr: string, table?: 'nat'])[] = [
    ['-A NOPE -j ACCEPT', 1, 'iptables: No chain/target/match by that name.'],
    ['-D INPUT 99', 1, 'iptables: Index of deletion too big.'],
    ['-D INPUT 0', 2, "iptables v1.8.9 (legacy): Invalid rule number `0'"],
    ['-D INPUT -j DROP', 1, 'iptables: Bad rule (does a matching rule exist in that chain?).'],
    ['-D INPUT -j LOG', 1, 'iptables: No chain/target/match by that name.'],
    ['-C INPUT -j DROP', 1, 'iptables: Bad rule (does a matching rule exist in that chain?).'],
    ['-R INPUT 99 -j LOG', 1, 'iptables: Index of replacement too big.'],
    ['-R INPUT -j ACCEPT', 2, 'iptables v1.8.9 (legacy): -R requires a rule number'],
    [
      '-R INPUT 1 -s 1.1.1.1,2.2.2.2',
      2,
      'iptables v1.8.9 (legacy): Replacement rule does not specify a unique address',
    ],
    ['-I INPUT 99 -j LOG', 1, 'iptables: Index of insertion too big.'],
    ['-N A', 1, 'iptables: Chain already exists.'],
    ['-N LOG', 2, 'iptables v1.8.9 (legacy): chain name may not clash with target name'],
    ['-N -foo', 2, "iptables v1.8.9 (legacy): chain name not allowed to start with `-'"],
    [
      '-N abcdefghijklmnopqrstuvwxyz012',
      2,
      "iptables v1.8.9 (legacy): chain name `abcdefghijklmnopqrstuvwxyz012' too long (must be under 29 chars)",
    ],
    ['-X A', 1, 'iptables: Too many links.'],
    ['-X C', 1, 'iptables: Directory not empty.'],
    ['-X INPUT', 1, "iptables: Invalid argument. Run `dmesg' for more information."],
    ['-X NONE', 1, 'iptables: No chain/target/match by that name.'],
    ['-F NONE', 1, 'iptables: No chain/target/match by that name.'],
    ['-P NONE ACCEPT', 1, 'iptables: Bad built-in chain name.'],
    ['-P A ACCEPT', 1, 'iptables: Bad built-in chain name.'],
    ['-P INPUT REJECT', 1, "iptables: Bad policy name. Run `dmesg' for more information."],
    ['-P INPUT', 2, 'iptables v1.8.9 (legacy): -P requires a chain and a policy'],
    ['-E A INPUT', 1, 'iptables: File exists.'],
    ['-E A B', 1, 'iptables: File exists.'],
    ['-E NONE B', 1, 'iptables: File exists.'],
    ['-E A', 2, 'iptables v1.8.9 (legacy): -E requires old-chain-name and new-chain-name'],
    ['-Z INPUT 99', 1, 'iptables: Index of counter too big.'],
    ['-I B -j A', 1, 'iptables: Too many levels of symbolic links.'],
    [
      '-P PREROUTING DROP',
      2,
      'iptables v1.8.9 (legacy): \nThe "nat" table is not intended for filtering, the use of DROP is therefore inhibited.',
      'nat',
    ],
    ['-A POSTROUTING -j REDIRECT', 1, "iptables: Invalid argument. Run `dmesg' for more information.", 'nat'],
  ];
  for (const [command, exitCode, stderr, name] of REFUSALS) {
    it(`refuses ${command}, and changes nothing`, () => {
      const edited = table(name);
      const before = printListing(edited);
      try {
        run(edited, command);
      } catch (mistake) {
        expect(mistake).to.be.instanceOf(NetfilterMistake);
        expect((mistake as NetfilterMistake).stderr.trimEnd()).to.equal(stderr);
        expect((mistake as NetfilterMistake).exitCode).to.equal(exitCode);
        expect(printListing(edited)).to.equal(before);
        return;
      }
      throw new Error('it was done');
    });
  }

  it('refuses to delete a chain that a rule jumps to', () => {
    const edited = table();
    run(edited, '-F B');
    expect(() => run(edited, '-X B')).to.throw(NetfilterMistake, 'iptables: Too many links. (a rule of A jumps to B)');
  });
});
