/** Runs a parsed script: lists, pipelines, loops, redirections, exit codes (POSIX XCU 2.7 to 2.9), with bash's words. */
import { didYouMean } from '../net/did-you-mean.js';
import type { Namespace } from '../stack/namespace.js';
import type { Call, Command as Program } from './command.js';
import { expandToText, expandWords, type Scope } from './expansion.js';
import { CommandFailure, NotSimulated } from './failures.js';
import type { Files } from './files.js';
import type { Jobs } from './jobs.js';
import { parseScript } from './language/parser.js';
import {
  type AndOrList,
  type Assignment,
  type Command,
  literalText,
  type Pipeline,
  type Place,
  type Script,
  type SimpleCommand,
  SyntaxMistake,
  type WhileLoop,
} from './language/syntax.js';
import type { Network } from './network.js';
import { redirect } from './redirections.js';
import { Collector, type Streams } from './streams.js';
import { Variables } from './variables.js';

/** What all commands of a run share. */
export interface Session {
  /** What the shell calls itself when it complains: `bash`, or the script's file. */
  readonly name: string;
  readonly commands: ReadonlyMap<string, Program>;
  readonly files: Files;
  readonly network: Network;
  readonly jobs: Jobs;
}

/** Ends one shell: `exit`, or a command that fails under `set -e`. */
export class Ended extends Error {
  constructor(readonly exitCode: number) {
    super('the script has ended');
  }
}

/** Ends the whole run, scripts within scripts too: a script that cannot be read, or something that is not simulated. Why has been said. */
export class Abandoned extends Error {
  constructor(readonly exitCode: number) {
    super('the run has been abandoned');
  }
}

const MISUSE = 2;
const NOT_FOUND = 127;
/** How often one loop may go round: one that nothing would ever end, ends here and says so. */
const LOOP_BUDGET = 10_000;

/** @throws Abandoned, once it has said why */
export function readScript({ name }: Pick<Session, 'name'>, text: string, { stderr }: Streams): Script {
  try {
    return parseScript(text);
  } catch (error) {
    if (!(error instanceof SyntaxMistake)) throw error;
    stderr.write(`${name}: ${error.message}\n`);
    throw new Abandoned(MISUSE);
  }
}

/** One shell: what it has set, and where it runs. */
export class Interpreter {
  readonly variables = new Variables();
  /** More than 0 inside a condition: errexit leaves alone what is tested. */
  #tested = 0;
  #background = false;

  constructor(
    private readonly session: Session,
    private readonly ns: Namespace,
    private exitOnError = false,
  ) {}

  /**
   * Runs a script. Gives the exit code.
   *
   * @throws Ended, Abandoned
   */
  run(script: Script, streams: Streams): number {
    let exitCode = 0;
    for (const list of script) {
      if (list.background) exitCode = this.#inBackground(list, streams);
      else exitCode = this.#andOr(list, streams);
    }
    return exitCode;
  }

  #inBackground(list: AndOrList, streams: Streams): number {
    const [command, ...others] = list.first.commands;
    if (list.rest.length > 0 || others.length > 0 || command?.kind !== 'simple') {
      const { line } = command!.place;
      streams.stderr.write(
        `${this.session.name}: line ${line}: only a single command is simulated in the background: \`COMMAND &\`\n`,
      );
      throw new Abandoned(MISUSE);
    }
    const before = this.session.jobs.latest;
    this.#background = true;
    try {
      const exitCode = this.#andOr(list, { ...streams, stdin: '' });
      if (this.session.jobs.latest === before)
        this.session.jobs.start(literalName(command), () => exitCode).end(exitCode);
    } finally {
      this.#background = false;
    }
    this.variables.lastBackground = this.session.jobs.latest!.pid;
    return this.#done(0);
  }

  #andOr({ first, rest }: Omit<AndOrList, 'background'>, streams: Streams): number {
    let last = first;
    let exitCode = this.#pipeline(first, streams, rest.length > 0);
    for (const [index, { operator, pipeline }] of rest.entries()) {
      if ((exitCode === 0) !== (operator === '&&')) continue;
      last = pipeline;
      exitCode = this.#pipeline(pipeline, streams, index < rest.length - 1);
    }
    // errexit leaves alone whatever is tested: all of `a && b` but its last command, and anything after `!`.
    const tested = this.#tested > 0 || last.negated || last !== (rest.at(-1)?.pipeline ?? first);
    if (exitCode !== 0 && this.exitOnError && !tested && !this.#background) throw new Ended(exitCode);
    return exitCode;
  }

  #pipeline({ negated, commands }: Pipeline, streams: Streams, tested: boolean): number {
    let { stdin } = streams;
    let exitCode = 0;
    if (tested || negated) this.#tested += 1;
    try {
      for (const [index, command] of commands.entries()) {
        const pipe = index < commands.length - 1 ? new Collector() : undefined;
        exitCode = this.#command(command, { ...streams, stdin, stdout: pipe ?? streams.stdout });
        stdin = pipe?.text ?? '';
      }
    } finally {
      if (tested || negated) this.#tested -= 1;
    }
    return this.#done(negated ? Number(exitCode === 0) : exitCode);
  }

  #done(exitCode: number): number {
    this.variables.lastExit = exitCode;
    return exitCode;
  }

  #command(command: Command, streams: Streams): number {
    const scope = this.#scope(streams);
    const redirected = this.#orEnd(command.place, streams, () =>
      redirect(this.session.files, this.ns, command.redirections, streams, (word) => expandToText(word, scope)),
    );
    if (typeof redirected === 'string') {
      streams.stderr.write(`${this.#speaker(command.place.line)}: ${redirected}\n`);
      return 1;
    }
    switch (command.kind) {
      case 'simple':
        return this.#simple(command, redirected);
      case 'if': {
        const branch = command.branches.find(({ condition }) => this.#holds(condition, redirected));
        return this.run(branch?.body ?? command.otherwise, redirected);
      }
      case 'for': {
        let exitCode = 0;
        for (const word of this.#orEnd(command.place, redirected, () => expandWords(command.words, scope))) {
          this.variables.set(command.variable, word);
          exitCode = this.run(command.body, redirected);
        }
        return exitCode;
      }
      case 'while':
        return this.#while(command, redirected);
    }
  }

  #while({ until, condition, body, place }: WhileLoop, streams: Streams): number {
    let exitCode = 0;
    for (let rounds = 0; this.#holds(condition, streams) !== until; rounds += 1) {
      if (rounds === LOOP_BUDGET) {
        streams.stderr.write(`${this.#speaker(place.line)}: this loop has gone round ${LOOP_BUDGET} times\n`);
        throw new Abandoned(MISUSE);
      }
      exitCode = this.run(body, streams);
    }
    return exitCode;
  }

  #holds(condition: Script, streams: Streams): boolean {
    this.#tested += 1;
    try {
      return this.run(condition, streams) === 0;
    } finally {
      this.#tested -= 1;
    }
  }

  #simple(command: SimpleCommand, streams: Streams): number {
    const { line } = command.place;
    let substituted = 0;
    const scope = this.#scope(streams, (exitCode) => {
      substituted = exitCode;
    });
    const words = this.#orEnd(command.place, streams, () => {
      for (const { name, value } of command.assignments) this.#assign(name, value, scope);
      return expandWords(command.words, scope);
    });
    const [name, ...args] = words;
    if (name === undefined) return substituted;
    if (name === 'exit') throw new Ended(Number(args[0] ?? this.variables.lastExit) & 255);
    if (name === 'set') return this.#set(args, command, streams);
    const found = this.session.commands.get(name);
    if (!found) throw this.#unknown(name, command, streams);
    return this.#run(found, { name, args, line }, this.ns, streams);
  }

  #assign(name: string, value: Assignment['value'], scope: Scope): void {
    this.variables.set(name, literalText(value) ?? expandToText(value, scope));
  }

  #scope(streams: Streams, ended: (exitCode: number) => void = () => {}): Scope {
    return {
      variable: (name) => this.variables.get(name),
      files: (pattern) => this.session.files.matching(this.ns, pattern),
      output: (script) => {
        const stdout = new Collector();
        ended(this.#inSubshell(() => this.run(script, { ...streams, stdout })));
        return stdout.text;
      },
    };
  }

  /** `exit` within `$(...)` ends no more than that. */
  #inSubshell(run: () => number): number {
    try {
      return run();
    } catch (error) {
      if (error instanceof Ended) return error.exitCode;
      throw error;
    }
  }

  /** `set -e` and `-u` are all that a list of commands needs of it. */
  #set(args: readonly string[], { place }: SimpleCommand, { stderr }: Streams): number {
    for (const option of args) {
      if (/^[-+][eu]+$/.test(option)) {
        const on = option.startsWith('-');
        if (option.includes('e')) this.exitOnError = on;
        if (option.includes('u')) this.variables.nounset = on;
        continue;
      }
      const where = `${this.#speaker(place.line)}, column ${place.column}`;
      stderr.write(`${where}: \`set ${option}\` is not simulated; \`set -eu\` is\n`);
      throw new Abandoned(MISUSE);
    }
    return 0;
  }

  #run(
    program: Program,
    { name, args, line }: Pick<Call, 'name' | 'args' | 'line'>,
    ns: Namespace,
    streams: Streams,
  ): number {
    const { files, network, jobs } = this.session;
    let refused: string | undefined;
    const call: Call = {
      ...{ name, args, line, ns, stdin: streams.stdin, files, network, jobs, variables: this.variables },
      background: this.#background,
      out: (text) => {
        refused = streams.stdout.write(text) ?? refused;
      },
      err: (text) => void streams.stderr.write(text),
      complain: (text) => void streams.stderr.write(`${this.#speaker(line)}: ${name}: ${text}\n`),
      stay: (onSignal) => jobs.start(name, onSignal),
      execute: (other, words) => {
        const inner = this.session.commands.get(words[0]!);
        if (!inner || inner.builtin) return undefined;
        return this.#run(inner, { name: words[0]!, args: words.slice(1), line }, other, streams);
      },
      script: (inner, options) => runInner(this.session, ns, inner, streams, options),
    };
    const exitCode = this.#attempt(program, call, streams);
    if (refused === undefined) return exitCode;
    const speaker = program.builtin ? `${this.#speaker(line)}: ${name}` : name;
    streams.stderr.write(`${speaker}: write error: ${refused}\n`);
    return 1;
  }

  #attempt(program: Program, call: Call, { stderr }: Streams): number {
    try {
      return program.run(call);
    } catch (error) {
      if (error instanceof NotSimulated) {
        stderr.write(`${call.name}: line ${call.line}: ${error.message}\n`);
        throw new Abandoned(MISUSE);
      }
      if (!(error instanceof CommandFailure)) throw error;
      stderr.write(error.stderr);
      return error.exitCode;
    }
  }

  /** What cannot be expanded ends the shell; what is not simulated ends the run. */
  #orEnd<T>({ line }: Place, { stderr }: Streams, action: () => T): T {
    try {
      return action();
    } catch (error) {
      if (!(error instanceof NotSimulated || error instanceof CommandFailure)) throw error;
      stderr.write(`${this.#speaker(line)}: ${error.message}\n`);
      throw error instanceof CommandFailure ? new Ended(error.exitCode) : new Abandoned(MISUSE);
    }
  }

  #unknown(name: string, { place }: SimpleCommand, { stderr }: Streams): Abandoned {
    const known = [...this.session.commands.keys()];
    stderr.write(`${this.#speaker(place.line)}: ${name}: command not found\n`);
    const hint = didYouMean(name, known) || `; there are ${known.join(', ')}`;
    stderr.write(`(column ${place.column}: \`${name}\` is not simulated${hint})\n`);
    return new Abandoned(NOT_FOUND);
  }

  #speaker(line: number): string {
    return `${this.session.name}: line ${line}`;
  }
}

/** A shell within: `sh -c SCRIPT`. */
function runInner(session: Session, ns: Namespace, text: string, streams: Streams, options: readonly string[]): number {
  const script = readScript({ name: 'bash' }, text, streams);
  try {
    return new Interpreter({ ...session, name: 'bash' }, ns, options.includes('-e')).run(script, streams);
  } catch (error) {
    if (error instanceof Ended) return error.exitCode;
    throw error;
  }
}

function literalName({ words: [name] }: SimpleCommand): string {
  return (name && literalText(name)) ?? '';
}
