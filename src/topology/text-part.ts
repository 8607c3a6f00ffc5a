/** `ipsets:` and `iptables:`, which hold text or the name of a file with it. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { didYouMean } from '../net/did-you-mean.js';
import type { TopologyMistake } from './mistake.js';
import type { TextMistake } from './pasted-text.js';
import { type Path, spell } from './path.js';
import type { Reader } from './reader.js';
import type { TextPart } from './topology.js';

/** Reads the part at `path`, and says of each mistake that `check` finds where it is: in the topology or in the file. */
export function readTextPart(
  reader: Reader,
  path: Path,
  written: string | undefined,
  check: (text: string) => readonly TextMistake[],
): TextPart | undefined {
  if (written === undefined) return undefined;
  const part = isInline(written)
    ? { text: written, source: reader.document.origin.file, ...reader.document.placeOf(path) }
    : readFile(reader, path, written.trim());
  if (part) reader.mistakes.push(...placed(part, check(part.text)));
  return part;
}

/** Mistakes of a text as mistakes of its source. */
export function placed(part: TextPart, mistakes: readonly TextMistake[]): TopologyMistake[] {
  const { source, line: first = 1, column: indent = 1 } = part;
  return mistakes.map(({ line, column, sentence }) => {
    return { file: source, line: first + line - 1, column: indent + column - 1, sentence };
  });
}

/** Text has several lines, or is a command's words; everything else is a file's name. */
function isInline(written: string): boolean {
  return written.trim() === '' || written.includes('\n') || /^\s*([-*#:]|create\s|add\s)/.test(written);
}

function readFile(reader: Reader, path: Path, file: string): TextPart | undefined {
  const full = join(reader.directory, file);
  try {
    return { text: readFileSync(full, 'utf8'), source: full };
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const problem = isMissing ? `there is no file \`${file}\` in ${reader.directory}` : `\`${file}\` cannot be read`;
    reader.say(path, `${spell(path)}: ${problem}${didYouMean(basename(file), siblings(full))}`);
    return undefined;
  }
}

function siblings(file: string): string[] {
  try {
    return readdirSync(dirname(file));
  } catch {
    return [];
  }
}
