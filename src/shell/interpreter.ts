/** Runs a parsed script: lists, pipelines, redirections, exit codes (POSIX XCU 2.7 to 2.9), with bash's words. */
import { didYouMean } from '../net/did-you-mean.js';
import type { Namespace } from '../stack/namespace.js';
import { type Call, type Command, CommandFailure, NotSimulated } from './command.js';
import type { Files } from './files.js';
import { parseScript } from './language/parser.js';
import type { AndOrList, Pipeline, Redirection, Script, SimpleCommand } from './language/syntax.js';
import { SyntaxMistake } from './language/syntax.js';
import type { Network } from './network.js';
import { Collector, type Sink } from './streams.js';

/** What all commands of a run share. */
export interface Session {
  readonly commands: ReadonlyMap<string, Command>;
  readonly files: Files;
  readonly network: Network;
}

interface Streams {
  readonly stdin: string;
  readonly stdout: Sink;
  readonly stderr: Sink;
}

/** Ends the whole run: `exit`, a command under `set -e`, or one that is not simulated. */
class Ended extends Error {
  constructor(readonly exitCode: number) {
    super('the script has ended');
  }
}

export const MISUSE = 2;
const NOT_FOUND = 127;

/** Runs a script to its end. Nothing of it runs where any of it cannot be read. */
export function interpret(
  session: Session,
  ns: Namespace,
  text: string,
  streams: Streams,
  options: readonly string[] = [],
): number {
  let script: Script;
  try {
    script = parseScript(text);
  } catch (error) {
    if (!(error instanceof SyntaxMistake)) throw error;
    streams.stderr.write(`bash: ${error.message}\n`);
    return MISUSE;
  }
  try {
    return new Interpreter(session, ns, streams, options.includes('-e')).run(script);
  } catch (error) {
    if (error instanceof Ended) return error.exitCode;
    throw error;
  }
}

class Interpreter {
  constructor(
    private readonly session: Session,
    private readonly ns: Namespace,
    private readonly streams: Streams,
    private exitOnError: boolean,
  ) {}

  run(script: Script): number {
    let exitCode = 0;
    for (const list of script) exitCode = this.#andOr(list);
    return exitCode;
  }

  #andOr({ first, rest }: AndOrList): number {
    let last = first;
    let exitCode = this.#pipeline(first);
    for (const { operator, pipeline } of rest) {
      if ((exitCode === 0) !== (operator === '&&')) continue;
      last = pipeline;
      exitCode = this.#pipeline(pipeline);
    }
    // errexit leaves alone whatever is tested: all of `a && b` but its last command, and anything after `!`.
    const tested = last.negated || last !== (rest.at(-1)?.pipeline ?? first);
    if (exitCode !== 0 && this.exitOnError && !tested) throw new Ended(exitCode);
    return exitCode;
  }

  #pipeline({ negated, commands }: Pipeline): number {
    let { stdin } = this.streams;
    let exitCode = 0;
    for (const [index, command] of commands.entries()) {
      const pipe = index < commands.length - 1 ? new Collector() : undefined;
      exitCode = this.#command(command, { ...this.streams, stdin, stdout: pipe ?? this.streams.stdout });
      stdin = pipe?.text ?? '';
    }
    return negated ? Number(exitCode === 0) : exitCode;
  }

  #command(command: SimpleCommand, streams: Streams): number {
    const { line } = command.place;
    const redirected = this.#redirect(command.redirections, streams);
    if (typeof redirected === 'string') {
      streams.stderr.write(`bash: line ${line}: ${redirected}\n`);
      return 1;
    }
    const [name, ...args] = command.words.map(({ text }) => text);
    if (name === undefined) return 0;
    if (name === 'exit') throw new Ended(Number(args[0] ?? 0) & 255);
    if (name === 'set') return this.#set(args, command, redirected);
    const found = this.session.commands.get(name);
    if (!found) throw this.#unknown(name, command, redirected);
    return this.#run(found, { name, args, line }, this.ns, redirected);
  }

  /** `set -e` is all that a list of commands needs of it. */
  #set(args: readonly string[], { place }: SimpleCommand, { stderr }: Streams): number {
    for (const option of args) {
      if (/^[-+][eux]+$/.test(option) && !option.includes('x')) {
        if (option.includes('e')) this.exitOnError = option.startsWith('-');
        continue;
      }
      stderr.write(
        `bash: line ${place.line}, column ${place.column}: \`set ${option}\` is not simulated; \`set -eu\` is\n`,
      );
      throw new Ended(MISUSE);
    }
    return 0;
  }

  #run(
    command: Command,
    { name, args, line }: Pick<Call, 'name' | 'args' | 'line'>,
    ns: Namespace,
    streams: Streams,
  ): number {
    let refused: string | undefined;
    const call: Call = {
      ...{ name, args, line, ns, stdin: streams.stdin, files: this.session.files, network: this.session.network },
      out: (text) => {
        refused = streams.stdout.write(text) ?? refused;
      },
      err: (text) => void streams.stderr.write(text),
      execute: (other, words) => {
        const program = this.session.commands.get(words[0] ?? '');
        if (!program || program.builtin) return undefined;
        return this.#run(program, { name: words[0]!, args: words.slice(1), line }, other, streams);
      },
      script: (text, options) => interpret(this.session, ns, text, streams, options),
    };
    const exitCode = this.#attempt(command, call, streams);
    if (refused === undefined) return exitCode;
    const speaker = command.builtin ? `bash: line ${line}: ${name}` : name;
    streams.stderr.write(`${speaker}: write error: ${refused}\n`);
    return 1;
  }

  #attempt(command: Command, call: Call, { stderr }: Streams): number {
    try {
      return command.run(call);
    } catch (error) {
      if (error instanceof CommandFailure) {
        stderr.write(error.stderr);
        return error.exitCode;
      }
      if (!(error instanceof NotSimulated)) throw error;
      stderr.write(`${call.name}: line ${call.line}: ${error.message}\n`);
      throw new Ended(MISUSE);
    }
  }

  #unknown(name: string, { place }: SimpleCommand, { stderr }: Streams): Ended {
    const known = [...this.session.commands.keys()];
    stderr.write(`bash: line ${place.line}: ${name}: command not found\n`);
    const hint = didYouMean(name, known) || `; there are ${known.join(', ')}`;
    stderr.write(`(column ${place.column}: \`${name}\` is not simulated${hint})\n`);
    return new Ended(NOT_FOUND);
  }

  /** From left to right, so that `> FILE 2>&1` is not `2>&1 > FILE`. A text says what is wrong. */
  #redirect(redirections: readonly Redirection[], streams: Streams): Streams | string {
    const { files } = this.session;
    const sinks: [undefined, Sink, Sink] = [undefined, streams.stdout, streams.stderr];
    let { stdin } = streams;
    for (const { descriptor, kind, target } of redirections) {
      if (kind === 'here') stdin = target;
      else if (kind === 'duplicate') {
        const from = sinks[Number(target)];
        if (descriptor !== 0 && from) sinks[descriptor] = from;
      } else if (kind === 'read') {
        const read = files.read(this.ns, target);
        if (!read.ok) return `${target}: ${read.error}`;
        stdin = read.value;
      } else {
        const opened = files.open(this.ns, target, kind === 'append');
        if (!opened.ok) return `${target}: ${opened.error}`;
        if (descriptor !== 0) sinks[descriptor] = opened.value;
      }
    }
    return { stdin, stdout: sinks[1], stderr: sinks[2] };
  }
}
