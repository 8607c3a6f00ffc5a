/**
 * Commands on the real Linux kernel, in namespaces that are gone afterwards. One bash runs them all, so that variables and
 * background jobs stay; it is told its commands, and tells its output, through named pipes.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kernelMissing } from '../../lab/kernel/requirements.js';
import { World } from '../../lab/kernel/world.js';
import { isUnfinished } from '../../shell/shell.js';
import { UsageMistake } from '../verb.js';
import type { Host, HostOptions } from './host.js';
import { KernelTrace } from './kernel-trace.js';
import { PipeIn, PipeOut } from './named-pipe.js';
import type { Site } from './site.js';

/**
 * One line, so that bash counts the lines of the commands alone. `$D` is where the pipes are: commands come in by `commands`,
 * each ended by a NUL; what they print goes out by `out` and `err`, and ends with the exit code between two NULs.
 */
const DRIVER = [
  'exec 3<"$D/commands" >"$D/out" 2>"$D/err" 4>"$D/asks" 5<"$D/answers" </dev/null',
  'netherkin_told() { local code=$?; trap - DEBUG; printf "\\0%d\\0" $code >&2; printf "\\0%d\\0" $code; }',
  'trap netherkin_told EXIT',
  'BASH_ARGV0=$N',
  'while IFS= read -r -d "" netherkin_commands <&3; do eval "$netherkin_commands"; netherkin_told; done',
].join('; ');

/** Before each command bash says so and waits: the namespaces that the last one made are to be observed, too. */
const BEFORE_EACH = "trap 'echo >&4; read -r netherkin_go <&5' DEBUG; ";

/** @throws UsageMistake where this machine cannot, or the kernel refuses a part of the network */
export async function openKernelHost(site: Site, { terminal, trace, name }: HostOptions): Promise<Host> {
  const missing = kernelMissing();
  if (missing !== undefined) throw new UsageMistake(missing);
  const world = await World.build(site.blueprint).catch((failure: Error) => {
    throw new UsageMistake(failure.message);
  });
  const directory = mkdtempSync(join(tmpdir(), 'netherkin-'));
  const pipe = (each: string) => join(directory, each);
  execFileSync('mkfifo', ['commands', 'out', 'err', 'asks', 'answers'].map(pipe));
  const tracing = trace ? new KernelTrace(world, site, terminal.err) : undefined;
  let ended = false;
  const bash = world
    .run(world.place(site.node), `D=${quote(directory)} N=${quote(name)}; ${DRIVER}`)
    .then(({ stderr }) => {
      ended = true;
      terminal.err(stderr);
    });
  const commands = new PipeOut(pipe('commands'));
  const answers = new PipeOut(pipe('answers'));
  const out = new PipeIn(pipe('out'), terminal.out);
  const err = new PipeIn(pipe('err'), terminal.err);
  const asks = new PipeIn(pipe('asks'), async () => {
    await tracing?.turn();
    await answers.write('\n');
  });
  return {
    async run(script) {
      await tracing?.turn();
      await commands.write(`${trace ? BEFORE_EACH : ''}${script}\0`);
      const [exitCode] = await Promise.all([out.mark(), err.mark()]);
      await tracing?.turn();
      await tracing?.turn();
      return exitCode;
    },
    get ended() {
      return ended;
    },
    isUnfinished,
    complete: () => [[], ''],
    async close() {
      commands.close();
      await bash;
      for (const each of [answers, out, err, asks]) each.close();
      rmSync(directory, { recursive: true });
      await world.close();
    },
  };
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
