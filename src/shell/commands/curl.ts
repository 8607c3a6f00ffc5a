/** curl(1), as far as the connection goes: whether there is one, and the words for why not. */
import type { Call, Command } from '../command.js';
import { CommandFailure, NotSimulated } from '../failures.js';
import { flags, readOptions } from '../options.js';
import { CONNECT_PATIENCE, fabricOf, hostAddress, tryConnection } from './probe.js';

const LONG = {
  'connect-timeout': 'C',
  'max-time': 'm',
  silent: 's',
  'show-error': 'S',
  verbose: 'v',
  fail: 'f',
  head: 'I',
  output: 'o',
};

const RESOLVE = 6;
const CONNECT = 7;
const TIMEOUT = 28;

export const curl: Command = {
  names: ['curl'],
  models: 'curl 7.88.1, up to the connection: nobody answers a request',
  usage: ['curl -s [-S] [-f] [-I] [-o FILE] [--connect-timeout SECONDS] [-m SECONDS] [http://]HOST[:PORT][/PATH]'],
  run(call) {
    const options = readOptions(call, {
      letters: { ...flags('sSfI4'), C: 'value', m: 'value', o: 'value' },
      long: LONG,
    });
    const [url, ...others] = options.operands;
    if (url === undefined || others.length > 0) throw new NotSimulated('curl takes one URL');
    if (!options.has('s'))
      throw new NotSimulated("curl's progress meter is not simulated: add -s, or -sS to see what failed");
    const { host, port } = readUrl(url);
    const fail = (exitCode: number, says: string) =>
      new CommandFailure(options.has('S') ? `curl: (${exitCode}) ${says}\n` : '', exitCode);
    const address = hostAddress(host);
    if (address === undefined) throw fail(RESOLVE, `Could not resolve host: ${host}`);
    const { clock } = fabricOf(call);
    const start = clock.now;
    const overall = seconds(options.value('m'));
    const connecting = seconds(options.value('C'));
    const outcome = tryConnection(call, address, port, Math.min(overall, connecting, CONNECT_PATIENCE));
    const after = Math.round(clock.now - start);
    const where = `Failed to connect to ${host} port ${port} after ${after} ms`;
    if (outcome === undefined && overall <= connecting && overall < CONNECT_PATIENCE)
      throw fail(TIMEOUT, `Connection timed out after ${after} milliseconds`);
    if (outcome === undefined) throw fail(TIMEOUT, `${where}: Timeout was reached`);
    if (outcome.kind === 'error') throw fail(CONNECT, `${where}: Couldn't connect to server`);
    throw connected(call, host, port);
  },
};

function seconds(text: string | undefined): number {
  if (text === undefined) return Number.POSITIVE_INFINITY;
  if (!/^[0-9]+(\.[0-9]+)?$/.test(text)) throw new NotSimulated(`\`${text}\` is no number of seconds`);
  return Number(text) * 1000 || Number.POSITIVE_INFINITY;
}

/** @throws NotSimulated for anything but http */
function readUrl(url: string): { readonly host: string; readonly port: number } {
  const [, scheme = 'http', host, port = '80'] = /^(?:([a-z]+):\/\/)?([^/:]+)(?::([0-9]+))?(?:\/.*)?$/.exec(url) ?? [];
  if (host === undefined || scheme !== 'http')
    throw new NotSimulated(`\`${url}\`: only http://HOST[:PORT] is simulated`);
  return { host, port: Number(port) };
}

/** A connection there is; what would be said over it is not known. */
function connected({ name }: Call, host: string, port: number): NotSimulated {
  return new NotSimulated(
    `${host} port ${port} takes the connection, and what is said over it is not simulated: try it with \`nc -zv ${host} ${port}\` instead of ${name}`,
  );
}
