import type { Command } from '../command.js';
import { NotSimulated } from '../failures.js';

export const sleep: Command = {
  names: ['sleep'],
  models: 'coreutils 9.1, in virtual time',
  usage: ['sleep SECONDS'],
  run({ args, network, background }) {
    if (background) throw new NotSimulated('sleeping in the background is not simulated');
    const [, amount, unit] = /^([0-9]+(?:\.[0-9]+)?)([sm]?)$/.exec(args.length === 1 ? args[0]! : '') ?? [];
    if (amount === undefined) throw new NotSimulated('`sleep` takes one number of seconds');
    if (!network.fabric) throw new NotSimulated('time passes only in a network, and this namespace is in none');
    const { clock } = network.fabric;
    clock.run(clock.now + Number(amount) * (unit === 'm' ? 60_000 : 1000));
    return 0;
  },
};
