/** `-j TTL`: changes the time to live (xt_HL.c). */
import { refusal } from '../../text/word.js';
import type { TargetExtension } from '../extension.js';
import { readUnsigned } from '../values.js';

const ACTIONS = {
  'ttl-set': { least: 0, listed: 'set to', apply: (_: number, value: number) => value },
  'ttl-dec': { least: 1, listed: 'decrement by', apply: (ttl: number, value: number) => Math.max(0, ttl - value) },
  'ttl-inc': { least: 1, listed: 'increment by', apply: (ttl: number, value: number) => Math.min(255, ttl + value) },
} as const;
const NAMES = Object.keys(ACTIONS) as (keyof typeof ACTIONS)[];

export const TTL: TargetExtension = {
  name: 'TTL',
  // The tool complains of a clash in the order of its own table: the option found first is the one that may not be used.
  options: NAMES.map((name) => ({ name, takes: 1, excludes: NAMES.filter((other) => other !== name) }) as const),
  build(options) {
    const name = NAMES.find((option) => options.has(option));
    if (name === undefined) throw refusal(options.at, 'missing-option', 'TTL: You must specify an action');
    const { least, listed, apply } = ACTIONS[name];
    const value = readUnsigned('TTL', options.get(name)!, least, 255);
    return {
      kind: 'extension',
      name: 'TTL',
      text: `--${name} ${value}`,
      listing: `TTL ${listed} ${value}`,
      placement: { tables: ['mangle'] },
      act({ skb }) {
        skb.packet = { ...skb.packet, ttl: apply(skb.packet.ttl, value) };
        return { verdict: 'CONTINUE' };
      },
    };
  },
};
