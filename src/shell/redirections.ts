/** Where the streams of one command come from and go to instead (POSIX XCU 2.7). */
import type { Namespace } from '../stack/namespace.js';
import type { Files } from './files.js';
import { literalText, type Redirection, type Word } from './language/syntax.js';
import type { Sink, Streams } from './streams.js';

/** From left to right, so that `> FILE 2>&1` is not `2>&1 > FILE`. A text says what is wrong. */
export function redirect(
  files: Files,
  ns: Namespace,
  redirections: readonly Redirection[],
  streams: Streams,
  expand: (word: Word) => string,
): Streams | string {
  const sinks: [undefined, Sink, Sink] = [undefined, streams.stdout, streams.stderr];
  let { stdin } = streams;
  for (const { descriptor, kind, target: word } of redirections) {
    const target = literalText(word) ?? expand(word);
    if (kind === 'here') stdin = target;
    else if (kind === 'duplicate') {
      const from = sinks[Number(target)];
      if (descriptor !== 0 && from) sinks[descriptor] = from;
    } else if (kind === 'read') {
      const read = files.read(ns, target);
      if (!read.ok) return `${target}: ${read.error}`;
      stdin = read.value;
    } else {
      const opened = files.open(ns, target, kind === 'append');
      if (!opened.ok) return `${target}: ${opened.error}`;
      if (descriptor !== 0) sinks[descriptor] = opened.value;
    }
  }
  return { stdin, stdout: sinks[1], stderr: sinks[2] };
}
