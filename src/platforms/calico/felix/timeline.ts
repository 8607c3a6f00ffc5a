/**
 * Every fact about Felix that changes from version to version and that shows in what it writes, in one table. The versions
 * are those of the felix repository; 2.4 to 2.6 is the time of Calico for Docker with the libnetwork plugin.
 */
import { isWithin, type Timeline, valueAt } from '../../version.js';

export const FIRST_VERSION = '2.4.0';
/** The first version that is not modelled. */
export const END_VERSION = '3.0.0';

export interface FelixFacts {
  /** IptablesMarkMask. */
  readonly markMask: number;
  /** What stands between `cali4` and the id in the name of an ip set. */
  readonly setToken: string;
  /** Type of the ip sets that selectors and tags make. */
  readonly selectorSetType: 'hash:ip' | 'hash:net';
  /** `tcp 22`: ports that host endpoint policy never closes. */
  readonly failsafeIn: readonly FailsafePort[];
  readonly failsafeOut: readonly FailsafePort[];
  /** Do raw's failsafe chains also accept the answers to failsafe traffic? */
  readonly failsafeAnswersInRaw: boolean;
  /** How cali-INPUT keeps IPIP packets of strangers out, where IPIP is on. */
  readonly ipipInput: 'drop strangers' | 'accept hosts, drop rest';
  /** Does Felix set rp_filter on workload interfaces (later a rule in raw does its work)? */
  readonly setsRpFilter: boolean;
}

export interface FailsafePort {
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
}

const TIMELINE: { readonly [Fact in keyof FelixFacts]: Timeline<FelixFacts[Fact]> } = {
  markMask: [['2.4', 0xff000000]],
  setToken: [['2.4', '-']],
  selectorSetType: [['2.4', 'hash:ip']],
  failsafeIn: [['2.4', ports('tcp 22', 'udp 68')]],
  failsafeOut: [['2.4', ports('tcp 2379', 'tcp 2380', 'tcp 4001', 'tcp 7001', 'udp 53', 'udp 67')]],
  failsafeAnswersInRaw: [
    ['2.4', false],
    ['2.6.7', true],
  ],
  ipipInput: [
    ['2.4', 'drop strangers'],
    ['2.6.1', 'accept hosts, drop rest'],
  ],
  setsRpFilter: [['2.4', true]],
};

export function isModelled(version: string): boolean {
  return isWithin(version, FIRST_VERSION, END_VERSION);
}

/** What holds in `version`, which is one that is modelled. */
export function factsOf(version: string): FelixFacts {
  const facts = Object.entries(TIMELINE).map(([fact, timeline]) => [
    fact,
    valueAt<FelixFacts[keyof FelixFacts]>(timeline, version),
  ]);
  return Object.fromEntries(facts) as FelixFacts;
}

function ports(...texts: readonly `${FailsafePort['protocol']} ${number}`[]): FailsafePort[] {
  return texts.map((text) => {
    const [protocol, port] = text.split(' ') as [FailsafePort['protocol'], string];
    return { protocol, port: Number(port) };
  });
}
