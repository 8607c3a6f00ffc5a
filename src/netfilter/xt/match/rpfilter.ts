/** `-m rpfilter`: would an answer leave by the device that the packet came in on (ipt_rpfilter.c)? */
import { formatIpv4 } from '../../../net/ipv4.js';
import type { Evaluation } from '../../rule.js';
import type { MatchExtension } from '../extension.js';

const FLAGS = ['loose', 'validmark', 'accept-local', 'invert'] as const;

export const rpfilter: MatchExtension = {
  name: 'rpfilter',
  options: FLAGS.map((name) => ({ name, takes: 0 }) as const),
  build(options) {
    const flags = FLAGS.filter((name) => options.has(name));
    const inverted = options.has('invert');
    const asked = {
      loose: options.has('loose'),
      validMark: options.has('validmark'),
      acceptLocal: options.has('accept-local'),
    };
    const isOk = ({ host, skb, pass }: Evaluation) => pass.in === 'lo' || host.reversePathOk(skb, pass.in, asked);
    return {
      extension: 'rpfilter',
      text: ['-m rpfilter', ...flags.map((name) => `--${name}`)].join(' '),
      listing: ['rpfilter', ...flags].join(' '),
      placement: { tables: ['raw', 'mangle'], hooks: ['PREROUTING'] },
      test: (evaluation) => isOk(evaluation) !== inverted,
      explain(evaluation) {
        const { skb, pass } = evaluation;
        const way = `the way back to ${formatIpv4(skb.packet.src)}`;
        const found = isOk(evaluation) ? `${way} is as it should be` : `${way} does not leave by ${pass.in}`;
        return `rpfilter${inverted ? ' --invert' : ''} wanted otherwise, ${found}`;
      },
    };
  },
};
