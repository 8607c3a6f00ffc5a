/** `-m recent`: addresses seen lately (xt_recent.c). */
import { formatIpv4, type Ipv4, parseIpv4 } from '../../../net/ipv4.js';
import type { Evaluation, Match } from '../../rule.js';
import { refusal } from '../../text/word.js';
import type { MatchExtension, Options } from '../extension.js';
import { quote } from '../quote.js';
import type { RecentEntry } from '../recent-store.js';
import { readUnsigned } from '../values.js';

const COMMANDS = ['set', 'rcheck', 'update', 'remove'] as const;
type Command = (typeof COMMANDS)[number];
/** As `iptables -L` calls them. */
const LISTED: Readonly<Record<Command, string>> = { set: 'SET', rcheck: 'CHECK', update: 'UPDATE', remove: 'REMOVE' };

interface Recent {
  readonly command: Command;
  readonly negated: boolean;
  /** 0: not asked. */
  readonly seconds: number;
  readonly hitcount: number;
  readonly reap: boolean;
  readonly rttl: boolean;
  readonly name: string;
  readonly mask: number;
  readonly side: 'source' | 'dest';
}

export const recent: MatchExtension = {
  name: 'recent',
  options: [
    ...COMMANDS.map(
      (name) => ({ name, takes: 0, negatable: true, excludes: COMMANDS.filter((other) => other !== name) }) as const,
    ),
    { name: 'seconds', takes: 1 },
    { name: 'reap', takes: 0, needs: 'seconds' },
    { name: 'hitcount', takes: 1 },
    { name: 'rttl', takes: 0, excludes: ['set', 'remove'] },
    { name: 'name', takes: 1 },
    { name: 'rsource', takes: 0 },
    { name: 'rdest', takes: 0 },
    { name: 'mask', takes: 1 },
  ],
  build(options): Match {
    const rule = read(options);
    const [text, listing] = [save(rule), list(rule)];
    return {
      extension: 'recent',
      text: `-m recent ${text}`,
      listing,
      test: (evaluation) => test(rule, evaluation),
      peek: (evaluation) => peek(rule, evaluation),
      explain: (evaluation) => explain(rule, text, evaluation),
    };
  },
};

function read(options: Options): Recent {
  const command = COMMANDS.find((name) => options.has(name));
  if (command === undefined) {
    const says = "recent: you must specify one of `--set', `--rcheck' `--update' or `--remove'";
    throw refusal(options.at, 'missing-option', says);
  }
  const number = (name: string, min: number) => {
    const given = options.get(name);
    return given ? readUnsigned('recent', given, min, 0xffffffff) : 0;
  };
  const rule = {
    command,
    negated: options.negated(command),
    seconds: number('seconds', 1),
    hitcount: number('hitcount', 0),
    reap: options.has('reap'),
    rttl: options.has('rttl'),
    name: options.word('name')?.text ?? 'DEFAULT',
    mask: readMask(options),
    side: options.has('rdest') ? 'dest' : 'source',
  } as const;
  if ((command === 'set' || command === 'remove') && (rule.seconds > 0 || rule.hitcount > 0)) {
    throw refusal(options.at, 'conflicting-options', "Invalid argument. Run `dmesg' for more information.", {
      speaker: 'iptables',
      exitCode: 1,
      because: `--seconds and --hitcount go with --rcheck and --update, not with --${command}`,
    });
  }
  return rule;
}

function readMask(options: Options): Ipv4 {
  const word = options.word('mask');
  if (word === undefined) return 0xffffffff;
  const mask = parseIpv4(word.text);
  if (mask === undefined)
    throw refusal(word, 'bad-argument', `recent: Bad value for "--mask" option: "${word.text}"\n`);
  return mask;
}

function save({ command, negated, seconds, hitcount, reap, rttl, name, mask, side }: Recent): string {
  return [
    `${negated ? '! ' : ''}--${command}`,
    ...(seconds ? [`--seconds ${seconds}`] : []),
    ...(reap ? ['--reap'] : []),
    ...(hitcount ? [`--hitcount ${hitcount}`] : []),
    ...(rttl ? ['--rttl'] : []),
    `--name ${quote(name)}`,
    `--mask ${formatIpv4(mask)}`,
    `--r${side}`,
  ].join(' ');
}

function list({ command, negated, seconds, hitcount, reap, rttl, name, mask, side }: Recent): string {
  return [
    `${negated ? '! ' : ''}recent: ${LISTED[command]}`,
    ...(seconds ? [`seconds: ${seconds}`] : []),
    ...(reap ? ['reap'] : []),
    ...(hitcount ? [`hit_count: ${hitcount}`] : []),
    ...(rttl ? ['TTL-Match'] : []),
    `name: ${name}`,
    `side: ${side}`,
    `mask: ${formatIpv4(mask)}`,
  ].join(' ');
}

function addressOf({ mask, side }: Recent, { skb: { packet } }: Evaluation): Ipv4 {
  return ((side === 'dest' ? packet.dst : packet.src) & mask) >>> 0;
}

/** The TTL as it was before forwarding lowered it. */
function ttlOf({ skb, pass }: Evaluation): number {
  return skb.packet.ttl + (pass.out !== '' && pass.hook !== 'OUTPUT' ? 1 : 0);
}

function lookup(rule: Recent, evaluation: Evaluation): RecentEntry | undefined {
  const entry = evaluation.recent.list(rule.name).get(addressOf(rule, evaluation));
  return entry && (!rule.rttl || entry.ttl === ttlOf(evaluation)) ? entry : undefined;
}

/** Is there a stamp, or are there `hitcount` stamps, within the last `seconds`? */
function seenOften({ seconds, hitcount }: Recent, { stamps }: RecentEntry, now: number): boolean {
  const hits = seconds === 0 ? stamps.length : stamps.filter((stamp) => stamp >= now - seconds * 1000).length;
  return hits >= Math.max(1, hitcount);
}

function peek(rule: Recent, evaluation: Evaluation): boolean {
  if (rule.command === 'set') return !rule.negated;
  const entry = lookup(rule, evaluation);
  if (entry === undefined) return rule.negated;
  return (rule.command === 'remove' || seenOften(rule, entry, evaluation.host.now())) !== rule.negated;
}

/** recent_mt(). */
function test(rule: Recent, evaluation: Evaluation): boolean {
  const { command } = rule;
  const now = evaluation.host.now();
  const list = evaluation.recent.list(rule.name);
  list.keep(rule.hitcount);
  const holds = peek(rule, evaluation);
  const entry = lookup(rule, evaluation);
  if (entry === undefined) {
    if (command === 'set') list.add(addressOf(rule, evaluation), ttlOf(evaluation), now);
    return holds;
  }
  if (command === 'remove') list.remove(entry.address);
  const updates = command === 'set' || (command === 'update' && holds);
  if (rule.reap) list.reap(now - rule.seconds * 1000, updates ? entry : undefined);
  if (updates) list.touch(entry, ttlOf(evaluation), now);
  return holds;
}

function explain(rule: Recent, text: string, evaluation: Evaluation): string {
  const address = formatIpv4(addressOf(rule, evaluation));
  const entry = lookup(rule, evaluation);
  if (entry === undefined) return `${text} wanted, ${address} is not in the list ${rule.name}`;
  const ago = (evaluation.host.now() - entry.stamps.at(-1)!) / 1000;
  return `${text} wanted, ${address} is in the list ${rule.name} ${entry.stamps.length} times, last ${ago} s ago`;
}
