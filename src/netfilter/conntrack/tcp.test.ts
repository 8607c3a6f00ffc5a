import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { expect } from 'chai';
import { ipv4 } from '../../net/ipv4.js';
import { TCP_FLAGS } from '../../net/packet.js';
import { FakeHost, passOf, skbOf, tcp } from '../fake-host.js';
import { Conntrack } from './conntrack.js';
import { formatConnection } from './print.js';

const LETTERS: Readonly<Record<string, number>> = {
  F: TCP_FLAGS.FIN,
  S: TCP_FLAGS.SYN,
  R: TCP_FLAGS.RST,
  P: TCP_FLAGS.PSH,
  A: TCP_FLAGS.ACK,
};

const A = ipv4('10.0.1.2');
const B = ipv4('10.0.2.2');

describe('the TCP tracker', () => {
  const recorded = readFileSync(new URL('./recorded/tcp-walks.txt', import.meta.url), 'utf8');
  const walks = recorded.split(/^# (?=\d+$)/m).slice(1);

  it('has exchanges to compare with', () => {
    expect(walks).to.have.lengthOf(91);
  });

  for (const walk of walks) {
    const [port, ...lines] = walk.trimEnd().split('\n');
    it(`judges exchange ${port} as Linux does`, () => {
      const conntrack = new Conntrack(new FakeHost(), undefined);
      const said = lines.map((line) => {
        const sent = line.split(' | ')[0]!;
        return `${sent} | ${judge(conntrack, Number(port), sent)}`;
      });
      expect(said).to.deep.equal(lines);
    });
  }
});

/** Sends one recorded segment through a forwarding host, and says what the recording says of it. */
function judge(conntrack: Conntrack, port: number, sent: string): string {
  const [end, letters, seq, ack, data] = sent.split(' ');
  const flags = [...letters!].reduce((bits, letter) => bits | (LETTERS[letter] ?? 0), 0);
  const numbers = { flags, seq: Number(seq), ack: Number(ack), data: Number(data) };
  const skb = skbOf(end === 'a' ? tcp(A, B, port, 80, numbers) : tcp(B, A, 80, port, numbers));
  conntrack.track(skb, passOf('PREROUTING'), false);
  conntrack.confirm(skb, passOf('POSTROUTING'));
  const state = skb.ct === undefined || skb.ct.untracked ? 'INVALID' : skb.ct.info;
  const entry = conntrack.list()[0];
  if (entry === undefined) return `${state} | -`;
  // On the wire some milliseconds of each second are gone by the time that one looks.
  const words = formatConnection(entry, 1).split(/ +/);
  const source = words[4] === 'src=10.0.1.2' ? 'a' : 'b';
  const marks = words.filter((word) => word.startsWith('['));
  return `${state} | ${[words[2], words[3], source, ...marks].join(' ')}`;
}
