/** `-m ttl`: time to live (xt_hl.c). */
import { refusal } from '../../text/word.js';
import type { MatchExtension } from '../extension.js';
import { readUnsigned } from '../values.js';

const RELATIONS = ['ttl-eq', 'ttl-lt', 'ttl-gt'] as const;
const SIGNS = { 'ttl-eq': '==', 'ttl-lt': '<', 'ttl-gt': '>' } as const;

export const ttl: MatchExtension = {
  name: 'ttl',
  options: [
    { name: 'ttl-lt', takes: 1, excludes: ['ttl-eq', 'ttl-gt'] },
    { name: 'ttl-gt', takes: 1, excludes: ['ttl-eq', 'ttl-lt'] },
    { name: 'ttl-eq', aliases: ['ttl'], takes: 1, negatable: true, excludes: ['ttl-lt', 'ttl-gt'] },
  ],
  build(options) {
    const relation = RELATIONS.find((name) => options.has(name));
    if (relation === undefined) {
      const says = "TTL match: You must specify one of `--ttl-eq', `--ttl-lt', `--ttl-gt";
      throw refusal(options.at, 'missing-option', says);
    }
    const given = options.get(relation)!;
    const value = readUnsigned('ttl', given, 0, 255);
    const wanted = `${given.negated ? '! ' : ''}--${relation} ${value}`;
    return {
      extension: 'ttl',
      text: `-m ttl ${wanted}`,
      listing: `TTL match TTL ${given.negated ? '!=' : SIGNS[relation]} ${value}`,
      test({ skb: { packet } }) {
        if (relation === 'ttl-eq') return (packet.ttl === value) !== given.negated;
        return relation === 'ttl-lt' ? packet.ttl < value : packet.ttl > value;
      },
      explain: ({ skb }) => `${wanted} wanted, the packet has TTL ${skb.packet.ttl}`,
    };
  },
};
