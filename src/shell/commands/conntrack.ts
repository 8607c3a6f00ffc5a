/** conntrack(8): the connections of a namespace. */
import { parseIpv4 } from '../../net/ipv4.js';
import { parseProtocol } from '../../net/protocols.js';
import type { Connection } from '../../netfilter/conntrack/connection.js';
import { formatConnection, formatSummary } from '../../netfilter/conntrack/print.js';
import type { Call, Command } from '../command.js';
import { CommandFailure, NotSimulated } from '../failures.js';

const VERSION = 'conntrack v1.4.7 (conntrack-tools)';

const COMMANDS: Readonly<Record<string, 'list' | 'delete' | 'flush' | 'count'>> = {
  ...{ '-L': 'list', '--dump': 'list', '-D': 'delete', '--delete': 'delete' },
  ...{ '-F': 'flush', '--flush': 'flush', '-C': 'count', '--count': 'count' },
};

/** What a connection must have, as a function of it and the word that was given. */
const FILTERS: Readonly<Record<string, (value: string) => (connection: Connection) => boolean>> = {
  '-p': byProtocol,
  '-s': byAddress((connection) => connection.original.src),
  '-d': byAddress((connection) => connection.original.dst),
  '-r': byAddress((connection) => connection.reply.src),
  '-q': byAddress((connection) => connection.reply.dst),
  '-m': byMark,
  '--sport': byPort((connection) => connection.original.sport),
  '--dport': byPort((connection) => connection.original.dport),
  '--reply-port-src': byPort((connection) => connection.reply.sport),
  '--reply-port-dst': byPort((connection) => connection.reply.dport),
};

const ALIASES: Readonly<Record<string, string>> = {
  ...{ '--proto': '-p', '--protonum': '-p', '--src': '-s', '--orig-src': '-s', '--dst': '-d', '--orig-dst': '-d' },
  ...{
    '--reply-src': '-r',
    '--reply-dst': '-q',
    '--mark': '-m',
    '--orig-port-src': '--sport',
    '--orig-port-dst': '--dport',
  },
};

export const conntrack: Command = {
  names: ['conntrack'],
  models: 'conntrack-tools 1.4.7; the oldest connection is listed first',
  usage: [
    'conntrack {-L|-D} [-p PROTOCOL] [-s ADDRESS] [-d ADDRESS] [-r ADDRESS] [-q ADDRESS] [-m MARK] [--sport PORT] [--dport PORT]',
    'conntrack {-F|-C}',
  ],
  run(call) {
    const { command, filters } = readArguments(call.args);
    const table = call.ns.netfilter.conntrack;
    const chosen = table.list().filter((connection) => filters.every((holds) => holds(connection)));
    switch (command) {
      case 'list':
        return list(call, chosen);
      case 'delete':
        for (const connection of chosen) table.table.remove(connection);
        call.err(`${VERSION}: ${chosen.length} flow entries have been deleted.\n`);
        print(call, chosen);
        return chosen.length > 0 ? 0 : 1;
      case 'flush':
        table.flush();
        call.err(`${VERSION}: connection tracking table has been emptied.\n`);
        return 0;
      case 'count':
        call.out(`${chosen.length}\n`);
        return 0;
    }
  },
};

function list(call: Call, chosen: readonly Connection[]): number {
  // What goes to a pipe is written at the end, so the summary comes before it.
  call.err(`${formatSummary(chosen.length)}\n`);
  print(call, chosen);
  return 0;
}

function print({ ns, out }: Call, connections: readonly Connection[]): void {
  for (const connection of connections) out(`${formatConnection(connection, ns.clock.now)}\n`);
}

function readArguments(args: readonly string[]) {
  const rest = [...args];
  const filters: ((connection: Connection) => boolean)[] = [];
  let command: (typeof COMMANDS)[string] | undefined;
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const found = COMMANDS[word];
    if (found) {
      if (command) throw misused(`Can't use \`${word}' with another command`);
      command = found;
      if (rest[0] === 'conntrack') rest.shift();
      continue;
    }
    const filter = FILTERS[ALIASES[word] ?? word];
    if (!filter) throw new NotSimulated(`\`${word}\` of conntrack is not simulated; there are ${known()}`);
    const value = rest.shift();
    if (value === undefined) throw misused(`option \`${word}' requires an argument`);
    filters.push(filter(value));
  }
  if (!command) throw new NotSimulated(`conntrack needs a command; there are ${known()}`);
  return { command, filters };
}

function known(): string {
  return [...Object.keys(COMMANDS), ...Object.keys(FILTERS)].join(' ');
}

function misused(complaint: string): CommandFailure {
  return new CommandFailure(
    `${VERSION}: ${complaint}\nTry \`conntrack -h' or 'conntrack --help' for more information.\n`,
    2,
  );
}

function byProtocol(value: string): (connection: Connection) => boolean {
  const protocol = parseProtocol(value);
  if (protocol === undefined) throw misused(`\`${value}' unsupported protocol`);
  return ({ original }) => original.protocol === protocol;
}

function byAddress(of: (connection: Connection) => number) {
  return (value: string) => {
    const address = parseIpv4(value);
    if (address === undefined) throw misused(`Invalid IP address \`${value}'`);
    return (connection: Connection) => of(connection) === address;
  };
}

function byPort(of: (connection: Connection) => number) {
  return (value: string) => (connection: Connection) => of(connection) === Number(value);
}

function byMark(value: string): (connection: Connection) => boolean {
  const [mark, mask = '0xffffffff'] = value.split('/').map(Number);
  return (connection) => ((connection.mark ^ mark!) & Number(mask)) === 0;
}
