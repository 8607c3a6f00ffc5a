/** Texts line by line, and where commands that filter lines take theirs from. */
import type { Call } from './command.js';

/** The lines of a text, without their line feeds. */
export function linesOf(text: string): string[] {
  if (text === '') return [];
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

export function joinLines(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

export interface Input {
  /** `-` for the standard input. */
  readonly file: string;
  readonly text: string;
}

/** The named files, or the standard input where none is named. What cannot be read is said, and left out. */
export function inputsOf(call: Call, files: readonly string[]): { readonly inputs: Input[]; readonly failed: boolean } {
  const inputs: Input[] = [];
  let failed = false;
  for (const file of files.length === 0 ? ['-'] : files) {
    const read = file === '-' ? ({ ok: true, value: call.stdin } as const) : call.files.read(call.ns, file);
    if (read.ok) inputs.push({ file, text: read.value });
    else {
      failed = true;
      call.err(`${call.name}: ${file}: ${read.error}\n`);
    }
  }
  return { inputs, failed };
}
