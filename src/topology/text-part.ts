/** `ipsets:` and `iptables:`, which hold text or the name of a file with it. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { didYouMean } from '../net/did-you-mean.js';
import type { TextMistake } from './iptables-text.js';
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
  if (isInline(written)) {
    for (const { line, column, sentence } of check(written)) {
      reader.mistakes.push(reader.document.mistakeWithin(path, line, column, sentence));
    }
    return { text: written, source: reader.document.origin.file };
  }
  const file = written.trim();
  const text = readFile(reader, path, file);
  if (text === undefined) return undefined;
  for (const mistake of check(text)) reader.mistakes.push({ file: join(reader.directory, file), ...mistake });
  return { text, source: file };
}

/** Text has several lines, or is a command's words; everything else is a file's name. */
function isInline(written: string): boolean {
  return written.trim() === '' || written.includes('\n') || /^\s*([-*#:]|create\s|add\s)/.test(written);
}

function readFile(reader: Reader, path: Path, file: string): string | undefined {
  const full = join(reader.directory, file);
  try {
    return readFileSync(full, 'utf8');
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
