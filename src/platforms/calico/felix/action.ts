/** Actions in Felix's spelling (felix iptables/actions.go). */
import { hexMark } from './marks.js';

export const ACCEPT = '--jump ACCEPT';
export const DROP = '--jump DROP';
export const RETURN = '--jump RETURN';
export const NOTRACK = '--jump NOTRACK';
export const MASQUERADE = '--jump MASQUERADE';

export const jump = (chain: string) => `--jump ${chain}`;
export const goto = (chain: string) => `--goto ${chain}`;

export const setMark = (mark: number) => `--jump MARK --set-mark ${hexMark(mark)}/${hexMark(mark)}`;
/** Felix writes a plain 0 here ... */
export const clearMark = (mark: number) => `--jump MARK --set-mark 0/${hexMark(mark)}`;
/** ... and 0x0 here, where the value happens to be zero. */
export const setMaskedMark = (value: number, mask: number) =>
  `--jump MARK --set-mark ${hexMark(value)}/${hexMark(mask)}`;

export const log = (prefix: string) => `--jump LOG --log-prefix "${prefix}: " --log-level 5`;
