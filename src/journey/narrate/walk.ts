/** The walk of a datagram, condensed: one row for each thing that a person would want to know, in order. */
import { formatIpv4 } from '../../net/ipv4.js';
import type { TracePoint } from '../../netfilter/events.js';
import type { Hop, Leg, Step } from '../journey.js';
import type { Moment } from '../questions/moments.js';
import { hopsOn } from '../questions/moments.js';
import type { Row } from './rows.js';
import { deciderWords, endWords, markWords, packetWords, routeWords } from './words.js';

export type OwnerOf = (address: number) => string | undefined;

/** The rows up to `until`, or all. The table in which the walk parts is told rule by rule, others in one row. */
export function walkRows(leg: Leg, ownerOf: OwnerOf, until?: Moment): Row[] {
  const rows: Row[] = [];
  for (const hop of hopsOn(leg)) {
    const isLast = hop === until?.hop;
    rows.push(...hopRows(hop, ownerOf, isLast ? until.index : hop.steps.length - 1, isLast));
    if (isLast) break;
  }
  return rows;
}

function hopRows(hop: Hop, ownerOf: OwnerOf, last: number, parting: boolean): Row[] {
  const rows: Row[] = [];
  let mark = 0;
  for (let index = 0; index <= last; ) {
    const step = hop.steps[index]!;
    if (step.type !== 'trace') {
      const row = stepRow(step, ownerOf);
      if (row) rows.push({ node: hop.namespace, ...row });
      index++;
      continue;
    }
    const points = traversal(hop.steps, index, last);
    const after = points.at(-1)!.mark;
    const detailed = parting && index + points.length > last - 1;
    const told = detailed ? ruleRows(points) : [{ label: label(step), detail: summary(points) }];
    if (after !== mark) told.push({ label: '', detail: `mark ${markWords(mark)} → ${markWords(after)}` });
    rows.push(...told.map((row) => ({ node: hop.namespace, ...row })));
    mark = after;
    index += points.length;
  }
  return merged(rows);
}

type Told = Omit<Row, 'node'>;

function stepRow(step: Exclude<Step, TracePoint>, ownerOf: OwnerOf): Told | undefined {
  switch (step.type) {
    case 'originated':
      return { label: 'made', detail: packetWords(step.packet) };
    case 'received':
      return { label: 'in', detail: step.device };
    case 'transmitted':
      return {
        label: 'out',
        detail: `${step.device}${step.nextHop === undefined ? '' : ` to ${host(step.nextHop, ownerOf)}`}`,
      };
    case 'routed':
      return { label: step.direction === 'reroute' ? 'route again' : 'route', detail: routeWords(step) };
    case 'neighbour':
      return step.outcome === 'failed'
        ? { label: 'arp', detail: `nobody answers for ${formatIpv4(step.address)} on ${step.device}`, tone: 'bad' }
        : undefined;
    case 'arp':
      return undefined;
    case 'bridged':
      return {
        label: 'bridge',
        detail: `${step.bridge}: ${step.from} → ${step.up ? 'this host' : step.to.join(', ') || 'nowhere'}`,
      };
    case 'encapsulated':
      return { label: 'tunnel', detail: `${step.device}, as ${packetWords(step.outer)}` };
    case 'decapsulated':
      return { label: 'tunnel', detail: `${step.device}, unwrapped ${packetWords(step.packet)}` };
    case 'delivered':
      return { label: 'delivered', detail: step.to, tone: 'good' };
    case 'dropped':
      return { label: 'dropped', detail: `${step.reason}: ${step.detail}`, tone: 'bad' };
    case 'tracked':
      return step.state === 'NEW' || step.state === 'ESTABLISHED'
        ? undefined
        : { label: 'conntrack', detail: step.state };
    case 'translated': {
      const by = step.target ?? 'by its connection';
      return {
        label: step.side,
        detail: `${endWords(step.before, step.side)} → ${endWords(step.packet, step.side)}, ${by}`,
      };
    }
    case 'conntrack-drop':
      return { label: 'dropped', detail: step.reason, tone: 'bad' };
    case 'logged':
      return { label: 'log', detail: step.prefix };
    case 'verdict':
      return {
        label: step.verdict,
        detail: `${step.rejectWith ? `with ${step.rejectWith} ` : ''}by ${deciderWords(step)}${step.reason ? `: ${step.reason}` : ''}`,
        tone: 'bad',
      };
  }
}

function host(address: number, ownerOf: OwnerOf): string {
  const owner = ownerOf(address);
  return owner === undefined ? formatIpv4(address) : `${owner} ${formatIpv4(address)}`;
}

/** The trace points of one table at one hook, from `start` on. What they cause in between (a log line) does not end it. */
function traversal(steps: readonly Step[], start: number, last: number): TracePoint[] {
  const first = steps[start] as TracePoint;
  const points: TracePoint[] = [];
  for (let index = start; index <= last; index++) {
    const step = steps[index]!;
    if (step.type !== 'trace' || step.table !== first.table || step.pass.hook !== first.pass.hook) break;
    points.push(step);
    if (step.kind === 'policy' && step.rule === undefined) break;
  }
  return points;
}

function label({ table, pass }: TracePoint): string {
  return `${table} ${pass.hook}`;
}

/** `FORWARD 1 › cali-FORWARD 1,3 › policy`: chains with the rules of them that matched; ends of chains go without saying. */
function summary(points: readonly TracePoint[]): string {
  const parts: { chain: string; numbers: string[] }[] = [];
  for (const { chain, kind, number, rule } of points) {
    if (kind === 'return' && rule === undefined) continue;
    const word = kind === 'policy' && rule === undefined ? 'policy' : String(number);
    const open = parts.at(-1);
    if (open?.chain === chain) open.numbers.push(word);
    else parts.push({ chain, numbers: [word] });
  }
  if (parts.length === 1 && parts[0]!.numbers.join() === 'policy') return 'policy';
  return parts.map(({ chain, numbers }) => `${chain} ${numbers.join(',')}`).join(' › ');
}

/** A row for each rule, with its text. */
function ruleRows(points: readonly TracePoint[]): Told[] {
  return points.map((point, index) => ({
    label: index === 0 ? label(point) : '',
    detail: `${point.chain} ${point.rule === undefined ? point.kind : `${point.number}: ${shortRule(point.rule.text)}`}`,
  }));
}

/** A rule without the comment that only carries Calico's hash. */
export function shortRule(text: string): string {
  return text.replace(/-m comment --comment "?cali:[\w-]{16}"? ?/, '').trim() || text;
}

/** Tables of one hook that had nothing to say share a row: `raw, mangle PREROUTING   policy`. */
function merged(rows: readonly Row[]): Row[] {
  const shorter: Row[] = [];
  for (const row of rows) {
    const before = shorter.at(-1);
    const hook = row.label.split(' ')[1];
    const silent = row.detail === 'policy' && before?.detail === 'policy';
    if (silent && hook !== undefined && before.label.endsWith(` ${hook}`)) {
      const tables = before.label.slice(0, -hook.length - 1);
      shorter[shorter.length - 1] = { ...before, label: `${tables}, ${row.label}` };
    } else {
      shorter.push(row);
    }
  }
  return shorter;
}
