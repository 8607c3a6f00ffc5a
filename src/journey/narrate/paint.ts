/** Colour for terminals, nothing for everything else. */
import { styleText } from 'node:util';

export interface Paint {
  /** What matters most: the point of parting. */
  readonly bad: (text: string) => string;
  readonly good: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly dim: (text: string) => string;
}

const same = (text: string): string => text;

export const PLAIN: Paint = { bad: same, good: same, strong: same, dim: same };

const style =
  (format: 'red' | 'green' | 'bold' | 'dim') =>
  (text: string): string =>
    styleText(format, text, { validateStream: false });

export const COLOURED: Paint = { bad: style('red'), good: style('green'), strong: style('bold'), dim: style('dim') };

/** Colour on a terminal, unless NO_COLOR says otherwise (no-color.org: whatever its value, if not empty). */
export function paintFor(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): Paint {
  return stream.isTTY && !env['NO_COLOR'] ? COLOURED : PLAIN;
}
