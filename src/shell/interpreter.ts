/** Runs a parsed script: lists, pipelines, redirections, exit codes (POSIX XCU 2.7 to 2.9), with bash's words. */
import { didYouMean } from '../net/did-you-mean.js';
import type { Namespace } from '../stack/namespace.js';
import type { Call, Command } from './command.js';
import { CommandFailure, NotSimulated } from './failures.js';
import type { Files } from './files.js';
import { parseScript } from './language/parser.js';
import type { AndOrList, Pipeline, Script, SimpleCommand } from './language/syntax.js';
import { SyntaxMistake } from './language/syntax.js';
import type { Network } from './network.js';
import { redirect } from './redirections.js';
import { Collector, type Streams } from './streams.js';

/** What all commands of a run share. */
export interface Session {
  readonly commands: ReadonlyMap<string, Command>;
  readonly files: Files;
  readonly network: Network;
}

/** Ends one script: `exit`, or a command that fails under `set -e`. */
class Ended extends Error {
  constructor(readonly exitCode: number) {
    super('the script has ended');
  }
}

/** Ends the whole run, scripts within scripts too: a script that cannot be read, or something that is not simulated. Why has been said. */
class Abandoned extends Error {
  constructor(readonly exitCode: number) {
    super('the run has been abandoned');
  }
}

const MISUSE = 2;
const NOT_FOUND = 127;

/** Runs a script to its end. Nothing of it runs where any of it cannot be read. Gives the exit code. */
export function interpret(session: Session, ns: Namespace, text: string, streams: Streams): number {
  try {
    return runScript(session, ns, text, streams, []);
  } catch (error) {
    if (error instanceof Abandoned) return error.exitCode;
    throw error;
  }
}

function runScript(
  session: Session,
  ns: Namespace,
  text: string,
  streams: Streams,
  options: readonly string[],
): number {
  const script = read(text, streams);
  try {
    return new Interpreter(session, ns, streams, options.includes('-e')).run(script);
  } catch (error) {
    if (error instanceof Ended) return error.exitCode;
    throw error;
  }
}

function read(text: string, { stderr }: Streams): Script {
  try {
    return parseScript(text);
  } catch (error) {
    if (!(error instanceof SyntaxMistake)) throw error;
    stderr.write(`bash: ${error.message}\n`);
    throw new Abandoned(MISUSE);
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
    const redirected = this.#orEnd(
      () => redirect(this.session.files, this.ns, command.redirections, streams),
      'bash',
      line,
      streams,
    );
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
      throw new Abandoned(MISUSE);
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
      script: (inner, options) => runScript(this.session, ns, inner, streams, options),
    };
    const exitCode = this.#attempt(command, call, streams);
    if (refused === undefined) return exitCode;
    const speaker = command.builtin ? `bash: line ${line}: ${name}` : name;
    streams.stderr.write(`${speaker}: write error: ${refused}\n`);
    return 1;
  }

  #attempt(command: Command, call: Call, streams: Streams): number {
    try {
      return this.#orEnd(() => command.run(call), call.name, call.line, streams);
    } catch (error) {
      if (!(error instanceof CommandFailure)) throw error;
      streams.stderr.write(error.stderr);
      return error.exitCode;
    }
  }

  /** What is not simulated ends the script: whatever came after it would run on a state that is not the real one. */
  #orEnd<T>(action: () => T, speaker: string, line: number, { stderr }: Streams): T {
    try {
      return action();
    } catch (error) {
      if (!(error instanceof NotSimulated)) throw error;
      stderr.write(`${speaker}: line ${line}: ${error.message}\n`);
      throw new Abandoned(MISUSE);
    }
  }

  #unknown(name: string, { place }: SimpleCommand, { stderr }: Streams): Abandoned {
    const known = [...this.session.commands.keys()];
    stderr.write(`bash: line ${place.line}: ${name}: command not found\n`);
    const hint = didYouMean(name, known) || `; there are ${known.join(', ')}`;
    stderr.write(`(column ${place.column}: \`${name}\` is not simulated${hint})\n`);
    return new Abandoned(NOT_FOUND);
  }
}
