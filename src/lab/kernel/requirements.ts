/** What the kernel lab needs of the machine, and how a person gets it. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export const DEBIAN_PACKAGES = 'iptables ipset iproute2 conntrack iputils-ping python3';

export const PYTHON = 'python3';

const ROOT = process.getuid?.() === 0;

/** A world of its own; whoever is not root becomes root in a user namespace of its own. */
export const UNSHARE: readonly string[] = [
  'unshare',
  ...(ROOT ? [] : ['--user', '--map-root-user']),
  '--net',
  '--mount',
  '--pid',
  '--fork',
  '--kill-child',
];

/** PATH with the places where administrators' tools are, which a user's own PATH often lacks. */
export function searchPath(): string {
  return [process.env['PATH'] ?? '', '/usr/local/sbin', '/usr/sbin', '/sbin', '/usr/bin', '/bin'].join(delimiter);
}

function has(program: string): boolean {
  return searchPath()
    .split(delimiter)
    .some((directory) => existsSync(join(directory, program)));
}

/** `iptables-legacy` where both kinds are installed, `iptables` where that is the legacy one; undefined where there is none. */
export const iptables = once((): string | undefined => {
  if (has('iptables-legacy-restore')) return 'iptables-legacy';
  return run('iptables', '--version').stdout?.includes('legacy') ? 'iptables' : undefined;
});

/** One sentence that says what is missing here for the kernel lab and how to get it; undefined where nothing is. */
export const kernelMissing = once((): string | undefined => {
  const install = `on Debian: apt install ${DEBIAN_PACKAGES}`;
  if (process.platform !== 'linux') return `the kernel lab needs Linux, and this is ${process.platform}`;
  for (const program of ['unshare', PYTHON, 'ip', 'ipset', 'conntrack', 'ping'])
    if (!has(program)) return `the kernel lab needs \`${program}\`; ${install}`;
  if (iptables() === undefined) return `the kernel lab needs iptables-legacy; ${install}`;
  if (run(PYTHON, '-ISc', 'import os; os.pidfd_open, os.waitstatus_to_exitcode').status !== 0)
    return 'the kernel lab needs Python 3.9 or newer';
  const [unshare, ...options] = UNSHARE;
  if (run(unshare!, ...options, 'true').status !== 0)
    return `the kernel lab may not make network namespaces here; run it as root, or allow user namespaces: sysctl -w ${USER_NAMESPACES}`;
  if (run(unshare!, ...options, 'sh', '-c', `mount -t tmpfs tmpfs /run && ${iptables()} -t raw -S`).status !== 0)
    return 'the kernel lab needs a kernel with the legacy tables of iptables (ip_tables, iptable_raw, iptable_nat ...)';
  return undefined;
});

const USER_NAMESPACES = existsSync('/proc/sys/kernel/apparmor_restrict_unprivileged_userns')
  ? 'kernel.apparmor_restrict_unprivileged_userns=0'
  : 'kernel.unprivileged_userns_clone=1';

function run(program: string, ...options: string[]) {
  return spawnSync(program, options, { encoding: 'utf8', env: { ...process.env, PATH: searchPath() } });
}

function once<T>(compute: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => {
    known ??= { value: compute() };
    return known.value;
  };
}
