/** The command table as a page of documentation: docs/commands.md. */
import type { Command } from './command.js';

const INTRODUCTION = `# The commands that are understood

A script that runs on a simulated namespace (\`Given master runs:\`) is read as \`bash\` reads it and does what the real tools
do: the same output, error texts and exit codes. A test runs every script of \`src/shell/scripts/\` both ways, on the
simulated namespace and with the tools of Debian 12 in a fresh network namespace, and compares all three.

**The language**: lines, \`;\`, \`&&\`, \`||\`, \`!\`, pipes, quotes, comments, \`\\\` at a line's end, here-documents, \`<<<\`, \`<\`,
\`>\`, \`>>\`, \`2>\`, \`&>\`, \`2>&1\`, variables (\`A=1\`, \`$A\`, \`\${A}\`, \`$?\`, \`$!\`), \`$(...)\`, \`{1..3}\`, \`{a,b}\`, \`if\`, \`for\`,
\`while\`, \`until\`, \`set -eu\`, \`exit\`, and \`&\` for what stays: \`nc -l\`, \`python3 -m http.server\`, \`tcpdump\`. Not: parameters, arithmetic,
\`\${A:-b}\`, functions, subshells, \`case\`, \`break\`, what a real host has in its environment (\`$HOME\`).

**Files**: \`/dev/null\`, \`/proc/sys/...\`, and what the script itself writes.

**What is not understood is refused, never passed over.** A script that cannot be read as a whole changes nothing, and the
sentence names line and column. A command, option or setting that the real tools would know but the simulation does not
ends the script there, with one sentence that says what there is: whatever came after it would run on a state that is not
the real one. What the real tool refuses itself is refused in its words, and the script goes on as in \`bash\`.

**What cannot be the same** as on a real host: hardware addresses that the kernel draws at random (here they follow from
what the network already has), IPv6 (there is none, as where \`disable_ipv6\` is 1), times (\`ping\` takes 0.000 ms: no packet
takes any virtual time, only waiting does; the comments of \`iptables-save\` begin in 1970), the order of \`conntrack -L\` and
\`ip neigh\` (here the oldest first), the line \`Size in memory\` of \`ipset list\`, and names: nothing but \`localhost\` resolves.
\`sysctl -a\` lists the settings that the stack obeys.

<!-- The rest is written by \`npm run commands\` from the command table, src/shell/commands.ts. -->

## Commands
`;

/** The whole page. */
export function describeCommands(commands: Iterable<Command>): string {
  return `${INTRODUCTION}\n${[...commands].map(describe).join('\n')}`;
}

function describe({ names: [name, ...others], models, usage }: Command): string {
  const also = others.length > 0 ? ` (also ${others.map((other) => `\`${other}\``).join(', ')})` : '';
  return `### \`${name}\`${also}\n\nAs ${models}.\n\n\`\`\`\n${usage.join('\n')}\n\`\`\`\n`;
}
