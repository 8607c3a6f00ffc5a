/** `-j CONNMARK`: changes the connection's mark, or copies it from or to the packet's (xt_connmark.c). */
import type { Connection } from '../../conntrack/connection.js';
import type { ExtensionTarget } from '../../rule.js';
import type { Skb } from '../../skb.js';
import { refusal } from '../../text/word.js';
import type { Options, TargetExtension } from '../extension.js';
import {
  applyMark,
  listMarkChange,
  MARK_OPTIONS,
  markOptions,
  readMarkChange,
  saveMarkChange,
} from '../mark-arithmetic.js';
import { connectionOf } from '../tracking.js';
import { hex, readUnsigned } from '../values.js';

const ALL = 0xffffffff;

interface Masks {
  readonly nfmask: number;
  readonly ctmask: number;
}

export const CONNMARK: TargetExtension = {
  name: 'CONNMARK',
  options: [
    ...markOptions(['save-mark', 'restore-mark']),
    { name: 'save-mark', takes: 0, excludes: [...MARK_OPTIONS, 'restore-mark'] },
    { name: 'restore-mark', takes: 0, excludes: [...MARK_OPTIONS, 'save-mark'] },
    { name: 'ctmask', takes: 1 },
    { name: 'nfmask', takes: 1 },
    { name: 'mask', takes: 1, excludes: ['ctmask', 'nfmask'] },
  ],
  build(options) {
    if (options.has('save-mark')) return save(readMasks(options));
    if (options.has('restore-mark')) return restore(readMasks(options));
    const name = MARK_OPTIONS.find((option) => options.has(option));
    if (name === undefined) throw refusal(options.at, 'missing-option', 'CONNMARK target: No operation specified');
    const change = readMarkChange('CONNMARK', options.get(name)!, name);
    return target(saveMarkChange(change), listMarkChange(change), (_, connection) => {
      connection.mark = applyMark(connection.mark, change);
    });
  },
};

/** A packet without a connection passes unchanged. */
function target(text: string, listing: string, change: (skb: Skb, connection: Connection) => void): ExtensionTarget {
  return {
    kind: 'extension',
    name: 'CONNMARK',
    text,
    listing: `CONNMARK ${listing}`,
    tracks: true,
    act({ skb }) {
      const connection = connectionOf(skb);
      if (connection) change(skb, connection);
      return { verdict: 'CONTINUE' };
    },
  };
}

function readMasks(options: Options): Masks {
  const mask = (name: string) => {
    const given = options.get('mask') ?? options.get(name);
    return given ? readUnsigned('CONNMARK', given, 0, ALL) : ALL;
  };
  return { nfmask: mask('nfmask'), ctmask: mask('ctmask') };
}

function maskWords({ nfmask, ctmask }: Masks): string {
  return `--nfmask ${hex(nfmask)} --ctmask ${hex(ctmask)}`;
}

function listMasks({ nfmask, ctmask }: Masks, other: string): string {
  if (nfmask === ALL && ctmask === ALL) return '';
  return nfmask === ctmask ? ` mask ${hex(nfmask)}` : other;
}

function save(masks: Masks): ExtensionTarget {
  const { nfmask, ctmask } = masks;
  const listed = listMasks(masks, ` nfmask ${hex(nfmask)} ctmask ~${hex(ctmask)}`);
  return target(`--save-mark ${maskWords(masks)}`, `save${listed}`, (skb, connection) => {
    connection.mark = ((connection.mark & ~ctmask) ^ (skb.mark & nfmask)) >>> 0;
  });
}

function restore(masks: Masks): ExtensionTarget {
  const { nfmask, ctmask } = masks;
  const listed = listMasks(masks, ` ctmask ${hex(ctmask)} nfmask ~${hex(nfmask)}`);
  return target(`--restore-mark ${maskWords(masks)}`, `restore${listed}`, (skb, connection) => {
    skb.mark = ((skb.mark & ~nfmask) ^ (connection.mark & ctmask)) >>> 0;
  });
}
