/** The command table. To add a command, add its file and name it here. */
import type { Command } from './command.js';
import { brctl } from './commands/brctl.js';
import { conntrack } from './commands/conntrack.js';
import { curl } from './commands/curl.js';
import { ip } from './commands/ip/ip.js';
import { ipset } from './commands/ipset.js';
import { iptables } from './commands/iptables/iptables.js';
import { iptablesRestore } from './commands/iptables/restore.js';
import { iptablesSave } from './commands/iptables/save.js';
import { kill } from './commands/kill.js';
import { nc } from './commands/nc.js';
import { ping } from './commands/ping.js';
import { pkill } from './commands/pkill.js';
import { python } from './commands/python.js';
import { route } from './commands/route.js';
import { sh } from './commands/sh.js';
import { sleep } from './commands/sleep.js';
import { sysctl } from './commands/sysctl.js';
import { tcpdump } from './commands/tcpdump/tcpdump.js';
import { cat } from './commands/text/cat.js';
import { echo } from './commands/text/echo.js';
import { falseCommand } from './commands/text/false.js';
import { grep } from './commands/text/grep.js';
import { head, tail } from './commands/text/head.js';
import { seq } from './commands/text/seq.js';
import { sort } from './commands/text/sort.js';
import { test } from './commands/text/test-command.js';
import { trueCommand } from './commands/text/true.js';
import { wc } from './commands/text/wc.js';
import { exportCommand, unset } from './commands/variables.js';
import { wait } from './commands/wait.js';

const ALL: readonly Command[] = [
  ip,
  route,
  iptables,
  iptablesSave,
  iptablesRestore,
  ipset,
  conntrack,
  ping,
  nc,
  curl,
  python,
  tcpdump,
  brctl,
  sysctl,
  echo,
  cat,
  grep,
  head,
  tail,
  sort,
  wc,
  sh,
  sleep,
  trueCommand,
  falseCommand,
  test,
  seq,
  exportCommand,
  unset,
  kill,
  wait,
  pkill,
];

/** By each of its names. */
export const COMMANDS: ReadonlyMap<string, Command> = new Map(
  ALL.flatMap((command) => command.names.map((name) => [name, command] as const)),
);
