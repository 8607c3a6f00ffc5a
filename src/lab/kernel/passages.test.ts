import { describe, it } from 'node:test';
import { expect } from 'chai';
import { ipv4 } from '../../net/ipv4.js';
import type { Hook, TableName } from '../../netfilter/hooks.js';
import { type Passage, passagesOf } from './passages.js';
import type { FrameSeen } from './sightings.js';
import type { TraceLine } from './trace-log.js';

const packet = {
  src: ipv4('10.0.1.2'),
  dst: ipv4('10.0.2.2'),
  protocol: 1,
  ttl: 64,
  tos: 0,
  id: 1,
  df: true,
  length: 84,
  payload: { kind: 'icmp', type: 8, code: 0, id: 1, seq: 1 },
} as const;

/** `r ra in`, in the order of time. */
function frames(...texts: string[]): FrameSeen[] {
  return texts.map((text, index) => {
    const [namespace, device, direction] = text.split(' ') as [string, string, string];
    const macs = { srcMac: '', dstMac: '' };
    return { namespace, device, outgoing: direction === 'out', forOthers: false, at: BigInt(index), packet, ...macs };
  });
}

/** `filter FORWARD ra rb`, with ports behind a slash: `filter FORWARD br0/p1 br0/p2`. */
function lines(...texts: string[]): TraceLine[] {
  return texts.map((text) => {
    const [table, hook, from, to] = text.split(' ') as [TableName, Hook, string?, string?];
    const [inside, physIn = ''] = (from ?? '').split('/') as [string, string?];
    const [out, physOut = ''] = (to ?? '').split('/') as [string, string?];
    const pass = { hook, in: inside === '-' ? '' : inside, out, physIn, physOut, bridged: false };
    return { pass, table, chain: hook, kind: 'policy', number: 1, packet, mark: 0 };
  });
}

const ports: Readonly<Record<string, string>> = { p1: 'br0', p2: 'br0' };
const bridgeOf = (_: string, device: string) => ports[device];

function story(passages: readonly Passage[]): string[] {
  return passages.map(({ namespace, in: frame, up, lines: said, out }) =>
    [
      `${namespace} ${frame?.device ?? '.'}${up ? `>${up.device}` : ''}`,
      said.map(({ table, pass }) => `${table}:${pass.hook}`).join(' '),
      out.map(({ device }) => device).join(','),
    ].join(' | '),
  );
}

describe('the passages of a datagram', () => {
  it('are put together from frames and lines', () => {
    const said = lines(
      'mangle PREROUTING ra',
      'mangle FORWARD ra rb',
      'filter FORWARD ra rb',
      'mangle POSTROUTING ra rb',
    );
    const seen = frames('a eth0 out', 'r ra in', 'r rb out', 'b eth0 in');
    expect(story(passagesOf({ frames: seen, lines: new Map([['r', said]]) }, bridgeOf))).to.deep.equal([
      'a . |  | eth0',
      'r ra | mangle:PREROUTING mangle:FORWARD filter:FORWARD mangle:POSTROUTING | rb',
      'b eth0 |  | ',
    ]);
  });

  it('are two through lo, each with its lines', () => {
    const said = lines(
      'filter OUTPUT - lo',
      'nat POSTROUTING - lo',
      'raw PREROUTING lo',
      'filter INPUT lo',
      'nat INPUT lo',
    );
    expect(
      story(passagesOf({ frames: frames('r lo out', 'r lo in'), lines: new Map([['r', said]]) }, bridgeOf)),
    ).to.deep.equal(['r . | filter:OUTPUT nat:POSTROUTING | lo', 'r lo | raw:PREROUTING filter:INPUT nat:INPUT | ']);
  });

  it('are two where a datagram comes through the same namespace again', () => {
    const said = lines('filter FORWARD ra rb', 'filter FORWARD rb ra');
    const seen = frames('r ra in', 'r rb out', 'x eth0 in', 'x eth0 out', 'r rb in', 'r ra out');
    expect(story(passagesOf({ frames: seen, lines: new Map([['r', said]]) }, bridgeOf))).to.deep.equal([
      'r ra | filter:FORWARD | rb',
      'x eth0 |  | eth0',
      'r rb | filter:FORWARD | ra',
    ]);
  });

  it('are one where a bridge hands the frame up', () => {
    const said = lines('nat PREROUTING br0/p1', 'filter FORWARD br0/p1 ens33');
    const seen = frames('h p1 in', 'h br0 in', 'h ens33 out');
    expect(story(passagesOf({ frames: seen, lines: new Map([['h', said]]) }, bridgeOf))).to.deep.equal([
      'h p1>br0 | nat:PREROUTING filter:FORWARD | ens33',
    ]);
  });

  it('know the port of entry in POSTROUTING of a bridge, which nfnetlink_log leaves out', () => {
    const said = lines('filter FORWARD br0/p1 br0/p2', 'mangle POSTROUTING - br0/p2');
    const [passage] = passagesOf({ frames: frames('h p1 in', 'h p2 out'), lines: new Map([['h', said]]) }, bridgeOf);
    expect(passage?.lines.map(({ pass }) => pass.physIn)).to.deep.equal(['p1', 'p1']);
  });

  it('begin where nobody saw a frame, if a table took the datagram', () => {
    const said = new Map([['r', lines('filter OUTPUT - rb')]]);
    expect(story(passagesOf({ frames: [], lines: said }, bridgeOf))).to.deep.equal(['r . | filter:OUTPUT | ']);
  });
});
