/**
 * Every script of scripts/ on the simulated namespace and with the real tools in a fresh network namespace: the same
 * output, error text and exit code. What cannot be the same on two machines (indexes and hardware addresses that the kernel
 * chooses, counters of real traffic) is not asked for in the scripts; nothing is masked.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { expect } from 'chai';
import { Fabric } from '../fabric/fabric.js';
import { generateScript } from './differential/generate.js';
import { runScript, type ScriptResult } from './run-script.js';

const SCRIPTS = new URL('scripts/', import.meta.url);

/** A line that begins so starts a script and names it. */
const TITLE = /^### (.+)\n/m;

/**
 * A network namespace of its own, and a /run of its own: locks and names of network namespaces stay there. Without IPv6,
 * which is not simulated, and with iptables being the legacy one.
 */
const INSIDE = `
mount -t tmpfs none /run
sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1
exec bash -c "$1" < /dev/null
`;

const LEGACY = '/usr/sbin/xtables-legacy-multi';

function readScripts(): { readonly title: string; readonly script: string }[] {
  return readdirSync(SCRIPTS)
    .sort()
    .flatMap((file) => {
      const [, ...parts] = readFileSync(new URL(file, SCRIPTS), 'utf8').split(TITLE);
      return parts.flatMap((title, index) =>
        index % 2 === 0 ? [{ title: `${file.replace('.sh', '')}: ${title}`, script: parts[index + 1]! }] : [],
      );
    });
}

function runSimulated(script: string): ScriptResult {
  const fabric = new Fabric();
  return runScript(fabric.addNamespace('host'), script, { fabric });
}

const tools = mkdtempSync(join(tmpdir(), 'netherkin-tools-'));
for (const name of ['iptables', 'iptables-save', 'iptables-restore']) symlinkSync(LEGACY, join(tools, name));

function runReal(script: string): ScriptResult {
  const env = { PATH: `${tools}:${process.env['PATH']}`, LC_ALL: 'C' };
  const { stdout, stderr, status } = spawnSync('unshare', ['-nm', 'sh', '-c', INSIDE, 'sh', script], {
    env,
    encoding: 'utf8',
  });
  return { stdout, stderr, exitCode: status ?? -1 };
}

function transcript({ stdout, stderr, exitCode }: ScriptResult): string {
  return `${stdout}--- stderr\n${stderr}--- exit code ${exitCode}`;
}

/** The first line in which the two differ. */
function difference(simulated: string, real: string): string {
  const there = real.split('\n');
  const here = simulated.split('\n');
  const at = there.findIndex((line, index) => line !== here[index]);
  return `line ${at + 1}: simulated ${JSON.stringify(here[at])}, real ${JSON.stringify(there[at])}`;
}

/** Why the real tools cannot be asked here; undefined where they can. */
function unavailable(): string | undefined {
  const { exitCode, stdout } = runReal('ip -V; iptables -V; ipset -v; sysctl -V; route -V');
  if (exitCode === 0 && /iproute2-6\.1.*v1\.8\.9 \(legacy\).*ipset v7\.17/s.test(stdout)) return undefined;
  return 'needs root, and the tools of Debian 12: iproute2 6.1, iptables 1.8.9 (legacy), ipset 7.17, net-tools';
}

const missing = unavailable();
if (missing !== undefined && process.env['NETHERKIN_KERNEL'] === 'required')
  throw new Error(`the kernel is required: ${missing}`);

/** How many generated states are compared; NETHERKIN_STATES=1000 asks for more. */
const STATES = Number(process.env['NETHERKIN_STATES'] ?? 25);

describe('shell, against the real tools', () => {
  after(() => rmSync(tools, { recursive: true }));
  if (missing !== undefined) it(missing, { skip: true }, () => {});
  else {
    for (const { title, script } of readScripts()) {
      it(title, () => {
        const simulated = transcript(runSimulated(script));
        const real = transcript(runReal(script));
        expect(simulated, difference(simulated, real)).to.equal(real);
      });
    }
    for (let seed = 1; seed <= STATES; seed += 1) {
      it(`a generated state, seed ${seed}`, () => {
        const script = generateScript(seed);
        const simulated = transcript(runSimulated(script));
        const real = transcript(runReal(script));
        expect(simulated, difference(simulated, real)).to.equal(real);
      });
    }
  }
});
