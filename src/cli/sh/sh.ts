/** `netherkin sh`: networking commands as a person types them, on a simulated host or on the real kernel. */
import { readFileSync } from 'node:fs';
import { readOptions } from '../options.js';
import type { Terminal } from '../terminal.js';
import { UsageMistake, type Verb } from '../verb.js';
import { openKernelHost } from './kernel-host.js';
import { prompt } from './prompt.js';
import { openSimulatedHost } from './simulated-host.js';
import { chooseSite } from './site.js';

const HELP = `Usage: netherkin sh [OPTION ...] [FILE]

Runs the commands of FILE as bash would on a Linux host, and prints what the real tools print. The host is simulated: no
root, no Linux needed. Without FILE, or with \`-\`, the commands come from the standard input; at a terminal there is a prompt.
The exit code is the last command's.

  --topology NAME|FILE  on a node of a topology instead of a host that has nothing but lo
  --on NODE             which node
  --trace               on stderr, a line for each rule and policy that decides about a packet, as the kernel's TRACE says it
  --kernel              on the real Linux kernel, in namespaces that are gone afterwards

docs/commands.md lists the commands and options that are understood.
`;

export const sh: Verb = {
  name: 'sh',
  summary: 'runs networking commands on a simulated Linux host, from a file or at a prompt',
  help: HELP,
  async run(args, terminal) {
    const options = readOptions('sh', args, {
      topology: 'string',
      on: 'string',
      trace: 'boolean',
      kernel: 'boolean',
    });
    const [file = '-', ...others] = options.operands;
    if (others.length > 0) throw new UsageMistake(`sh: one file at a time, and here are ${others.length + 1}`);
    const site = chooseSite(options.value('topology'), options.value('on'));
    const atPrompt = file === '-' && terminal.interactive;
    const script = atPrompt ? '' : readScript(file, terminal);
    const open = options.has('kernel') ? openKernelHost : openSimulatedHost;
    const name = file === '-' ? 'bash' : file;
    const host = await open(site, { terminal, trace: options.has('trace'), name });
    try {
      return atPrompt ? await prompt(host, site.node, terminal) : await host.run(script);
    } finally {
      await host.close();
    }
  },
};

function readScript(file: string, terminal: Terminal): string {
  try {
    return file === '-' ? terminal.readInput() : readFileSync(file, 'utf8');
  } catch (failure) {
    throw new UsageMistake(`sh: cannot read \`${file}\`: ${reasonOf(failure as NodeJS.ErrnoException)}`);
  }
}

function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'it is a directory';
  if (code === 'EACCES') return 'permission denied';
  return message;
}
