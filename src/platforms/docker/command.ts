/** What dockerd types: `iptables -t TABLE -I|-A CHAIN RULE`. Its rules are lists of these, in the order of time. */
import type { TableName } from '../../netfilter/hooks.js';
import type { IptablesDraft } from '../draft.js';

export type Command = readonly [how: '-I' | '-A', table: TableName, chain: string, rule: string];

/** Whose rules they are that no network asks for. */
export const DAEMON = 'Docker';

/** Runs the commands one after the other. A rule that is there already stays where it is (libnetwork iptables.ProgramRule). */
export function run(iptables: IptablesDraft, commands: readonly Command[], origin: string): void {
  for (const [how, table, chain, rule] of commands) {
    if (iptables.has(table, chain, rule)) continue;
    if (how === '-I') iptables.insert(table, chain, rule, origin);
    else iptables.append(table, chain, rule, origin);
  }
}
