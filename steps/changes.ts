/** Changes to a namespace, as part of a description or as the commands that make them. */
import { printSave } from '../src/netfilter/rules/print.js';
import { readTables } from '../src/topology/iptables-text.js';
import type { Override } from '../src/topology/overrides.js';

/** Both changes, the later after the earlier. */
export function joined(earlier: Override, later: Override): Override {
  return {
    sysctls: [...(earlier.sysctls ?? []), ...(later.sysctls ?? [])],
    ipsets: [...(earlier.ipsets ?? []), ...(later.ipsets ?? [])],
    iptables: [...(earlier.iptables ?? []), ...(later.iptables ?? [])],
    commands: [...(earlier.commands ?? []), ...(later.commands ?? [])],
  };
}

/** What a person would type to make the change on a running system. */
export function asCommands({ sysctls = [], ipsets = [], iptables = [], commands = [] }: Override): string {
  return [
    ...sysctls.map(([key, value]) => `sysctl -qw ${key}=${value}`),
    ...ipsets.map(({ text }) => hereDocument('ipset restore -exist', text)),
    ...iptables.map(({ text }) => hereDocument('iptables-restore', printSave(readTables(text)))),
    ...commands,
  ].join('\n');
}

function hereDocument(command: string, text: string): string {
  return `${command} <<'END'\n${text.trimEnd()}\nEND`;
}
