/** `python3 -m http.server`: a port that takes connections. What is said over them is not modelled. */
import type { Command } from '../command.js';
import { CommandFailure, NotSimulated } from '../failures.js';
import { killedBy } from '../jobs.js';
import { checkOwn, waits } from './nc-listen.js';
import { hostAddress } from './probe.js';

const IN_USE = 'OSError: [Errno 98] Address already in use\n';

export const python: Command = {
  names: ['python3', 'python'],
  models: 'Python 3.11, and of it http.server alone',
  usage: ['python3 -m http.server [--bind ADDRESS] [PORT] &    (takes connections, answers no request)'],
  run(call) {
    const words = [...call.args];
    const isServer = words.splice(0, 2).join(' ') === '-m http.server';
    let address: number | undefined = 0;
    let host = '0.0.0.0';
    let portText = '8000';
    for (let word = words.shift(); word !== undefined; word = words.shift()) {
      if (word === '--bind' || word === '-b') {
        host = words.shift() ?? '';
        address = hostAddress(host);
      } else portText = word;
    }
    const port = Number(portText);
    if (!isServer || address === undefined || !/^[0-9]+$/.test(portText) || port < 1 || port > 65_535)
      throw new NotSimulated('only `python3 -m http.server [--bind ADDRESS] [PORT]` is simulated');
    checkOwn(call, address, 'OSError: [Errno 99] Cannot assign requested address\n');
    if (call.ns.sockets.listener('tcp', address, port)) throw new CommandFailure(IN_USE, 1);
    if (!call.background) throw waits(call);
    const listener = { protocol: 'tcp', port, address } as const;
    call.ns.sockets.listen(listener);
    call.out(`Serving HTTP on ${host} port ${port} (http://${host}:${port}/) ...\n`);
    call.stay((signal) => {
      call.ns.sockets.unlisten(listener);
      return killedBy(signal);
    });
    return 0;
  },
};
