import { describe, it } from 'node:test';
import { expect } from 'chai';
import { pingOutcome } from './outcome.js';

const LOST = '1 packets transmitted, 0 received, 100% packet loss, time 0ms\n';

describe('what ping prints', () => {
  const cases = [
    [
      'an answer',
      { exitCode: 0, stdout: '64 bytes from 10.0.2.2: icmp_seq=1 ttl=63', stderr: '' },
      { kind: 'answered' },
    ],
    ['nothing', { exitCode: 1, stdout: LOST, stderr: '' }, { kind: 'silence' }],
    [
      'an error of a router',
      { exitCode: 1, stdout: `From 10.0.1.1 icmp_seq=1 Destination Host Unreachable\n\n${LOST}`, stderr: '' },
      { kind: 'error', text: 'Destination Host Unreachable', local: false, from: '10.0.1.1' },
    ],
    [
      'a refusal of connect()',
      { exitCode: 2, stdout: '', stderr: 'ping: connect: Network is unreachable\n' },
      { kind: 'error', text: 'Network is unreachable', local: true, from: undefined },
    ],
    [
      'what prohibits',
      { exitCode: 2, stdout: '', stderr: 'ping: Do you want to ping broadcast? Then -b.\n' },
      { kind: 'error', text: 'Do you want to ping broadcast? Then -b.', local: true, from: undefined },
    ],
    [
      'a REJECT of its own OUTPUT, which it hears of twice',
      {
        exitCode: 1,
        stdout: 'From 10.0.2.1 icmp_seq=1 Destination Port Unreachable\n',
        stderr: 'ping: sendmsg: Operation not permitted\n',
      },
      { kind: 'error', text: 'Destination Port Unreachable', local: false, from: '10.0.2.1' },
    ],
    [
      'a redirect and nothing else',
      { exitCode: 1, stdout: `From 10.0.1.1: icmp_seq=1 Redirect Host(New nexthop: 10.0.1.9)\n${LOST}`, stderr: '' },
      { kind: 'silence' },
    ],
  ] as const;
  for (const [what, result, outcome] of cases) {
    it(`is ${what}`, () => {
      expect(pingOutcome(result)).to.deep.equal(outcome);
    });
  }
});
