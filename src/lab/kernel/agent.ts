/**
 * The process that works inside network namespaces for us: agent.py in a private world of its own (its network, mounts and
 * process ids), so that nothing that a lab does is seen outside, and everything is gone when it or this process ends,
 * however it ends: the kernel ends a world with its first process, and that one ends with its stdin.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { PYTHON, searchPath, UNSHARE } from './requirements.js';

const PROGRAM = fileURLToPath(new URL('./agent.py', import.meta.url));

/** A namespace as the agent knows it: a path that iproute2 takes, too. */
export type NamespacePath = string;

/** What a subscribed socket saw: a netlink message of nfnetlink_log, or a frame on a device. */
export type Sight =
  | { readonly kind: 'log'; readonly namespace: NamespacePath; readonly message: Buffer }
  | {
      readonly kind: 'frame';
      readonly namespace: NamespacePath;
      /** Nanoseconds since 1970. */
      readonly at: bigint;
      readonly device: string;
      readonly outgoing: boolean;
      /** Is it for another station, so that only tcpdump and bridges look at it? */
      readonly forOthers: boolean;
      readonly bytes: Buffer;
    };

/** A request under way, which can be told to end early; `result` then says so in its own way. */
export interface Job<T> {
  readonly result: Promise<T>;
  cancel(): void;
}

interface Pending {
  resolve(value: unknown): void;
  reject(reason: Error): void;
}

/** sockaddr_ll.sll_pkttype. */
const PACKET_OTHERHOST = 3;
const PACKET_OUTGOING = 4;

export class Agent {
  static #shared: Promise<Agent> | undefined;
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #pending = new Map<number, Pending>();
  readonly #watchers = new Map<NamespacePath, (sight: Sight) => void>();
  #next = 1;
  #lastWords = '';

  private constructor() {
    const [program, ...options] = [...UNSHARE, PYTHON, '-ISu', PROGRAM];
    this.#process = spawn(program!, options, { env: { ...process.env, PATH: searchPath() }, detached: true });
    this.#process.stderr.on('data', (words: Buffer) => {
      this.#lastWords += words.toString();
    });
    this.#process.once('error', (failure) => this.#fail(failure.message));
    this.#process.once('close', () => this.#fail(this.#lastWords.trim().split('\n').at(-1) || 'its process ended'));
    this.#process.stdin.on('error', () => {}); // 'close' tells
    createInterface({ input: this.#process.stdout }).on('line', (line) => this.#hear(line));
    for (const pipe of [this.#process.stdin, this.#process.stderr] as unknown as Socket[]) pipe.unref();
  }

  /** One serves all labs of this process: starting it takes longer than making a cluster. Rejects with one sentence. */
  static shared(): Promise<Agent> {
    Agent.#shared ??= Agent.#start();
    return Agent.#shared;
  }

  static async #start(): Promise<Agent> {
    const agent = new Agent();
    await new Promise((resolve, reject) => agent.#expect(0, { resolve, reject }));
    return agent;
  }

  /** From here on, what these namespaces' subscribed sockets see goes to `sees`; undefined: nobody looks. */
  async watch(paths: readonly NamespacePath[], sees: ((sight: Sight) => void) | undefined): Promise<void> {
    if (sees) for (const path of paths) this.#watchers.set(path, sees);
    await this.ask('record', { paths, on: sees !== undefined });
    if (!sees) for (const path of paths) this.#watchers.delete(path);
  }

  ask<T>(request: string, parameters: object = {}): Promise<T> {
    return this.begin<T>(request, parameters).result;
  }

  begin<T>(request: string, parameters: object): Job<T> {
    const id = this.#next++;
    const result = new Promise<T>((resolve, reject) =>
      this.#expect(id, { resolve: resolve as Pending['resolve'], reject }),
    );
    this.#say({ id, do: request, ...parameters });
    return { result, cancel: () => void this.ask('cancel', { job: id }) };
  }

  #say(request: object): void {
    this.#process.stdin.write(`${JSON.stringify(request)}\n`);
  }

  /** While somebody waits for an answer, this process must not end; otherwise the agent must not keep it alive. */
  #expect(id: number, pending: Pending): void {
    if (this.#process.exitCode !== null) return pending.reject(new Error('the kernel lab has ended'));
    this.#pending.set(id, pending);
    for (const handle of this.#alive) handle.ref();
  }

  get #alive(): readonly (ChildProcessWithoutNullStreams | Socket)[] {
    return [this.#process, this.#process.stdout as unknown as Socket];
  }

  #hear(line: string): void {
    const said = JSON.parse(line);
    if (Array.isArray(said)) return this.#watchers.get(said[1])?.(sightOf(said));
    const pending = this.#pending.get(said.id);
    this.#pending.delete(said.id);
    if (this.#pending.size === 0) for (const handle of this.#alive) handle.unref();
    if ('error' in said) pending?.reject(new Error(said.error));
    else pending?.resolve(said.value);
  }

  #fail(words: string): void {
    for (const pending of this.#pending.values()) pending.reject(new Error(`the kernel lab ended: ${words}`));
    this.#pending.clear();
    Agent.#shared = undefined;
  }
}

function sightOf(said: readonly unknown[]): Sight {
  const [kind, namespace] = said as [string, NamespacePath];
  const bytes = Buffer.from(said.at(-1) as string, 'hex');
  if (kind === 'log') return { kind: 'log', namespace, message: bytes };
  const [, , at, device, type] = said as [string, NamespacePath, string, string, number];
  return {
    kind: 'frame',
    namespace,
    at: BigInt(at),
    device,
    outgoing: type === PACKET_OUTGOING,
    forOthers: type === PACKET_OTHERHOST,
    bytes,
  };
}
