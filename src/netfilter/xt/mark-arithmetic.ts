/** `--set-xmark value/mask` and its other spellings, as MARK and CONNMARK share them. */
import type { ExtensionTarget } from '../rule.js';
import type { Given, OptionSpec } from './extension.js';
import { hex, readMark, type ValueMask } from './values.js';

export const MARK_OPTIONS = ['set-xmark', 'set-mark', 'and-mark', 'or-mark', 'xor-mark'] as const;

export function markOptions(others: readonly string[] = []): OptionSpec[] {
  const all = [...MARK_OPTIONS, ...others];
  return MARK_OPTIONS.map((name) => ({ name, takes: 1, excludes: all.filter((other) => other !== name) }));
}

/** The mark after it: zero the bits of the mask, then XOR the value. */
export function applyMark(mark: number, { value, mask }: ValueMask): number {
  return ((mark & ~mask) ^ value) >>> 0;
}

export function readMarkChange(owner: string, given: Given, name: (typeof MARK_OPTIONS)[number]): ValueMask {
  const { value, mask } = readMark(owner, given);
  switch (name) {
    case 'set-xmark':
      return { value, mask };
    case 'set-mark':
      return { value, mask: (value | mask) >>> 0 };
    case 'and-mark':
      return { value: 0, mask: ~value >>> 0 };
    case 'or-mark':
      return { value, mask: value };
    case 'xor-mark':
      return { value, mask: 0 };
  }
}

export function saveMarkChange({ value, mask }: ValueMask): string {
  return `--set-xmark ${hex(value)}/${hex(mask)}`;
}

/** As `iptables -L` prints it: by what it comes to. */
export function listMarkChange({ value, mask }: ValueMask): ExtensionTarget['listing'] {
  if (value === 0) return `and ${hex(~mask >>> 0)}`;
  if (value === mask) return `or ${hex(value)}`;
  if (mask === 0) return `xor ${hex(value)}`;
  return mask === 0xffffffff ? `set ${hex(value)}` : `xset ${hex(value)}/${hex(mask)}`;
}
