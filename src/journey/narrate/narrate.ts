/**
 * A failure that teaches: what was expected, what happened, the walk up to the parting, who decided, and what the rules
 * that were expected lacked.
 */
import type { Missed } from '../claims/claim.js';
import type { Scene } from '../claims/scene.js';
import type { Journey, Leg, Step } from '../journey.js';
import { legOf, type Moment, momentOf } from '../questions/moments.js';
import { explainFallThrough, explainMissed } from './explain.js';
import { type Paint, PLAIN } from './paint.js';
import { layOut, WIDTH, wrap } from './rows.js';
import { walkRows } from './walk.js';
import { deciderWords } from './words.js';

/** Something that was expected of a datagram, and is not so. */
export interface Failure {
  /** As the scenario says it, subject included. */
  readonly expected: string;
  readonly happened: string;
  /** The datagram that it is about; undefined where there was none, and then the request's walk is told. */
  readonly leg: Leg | undefined;
  /** Where it parts from the expectation; its end where undefined. */
  readonly at?: Moment | undefined;
  readonly missed?: Missed | undefined;
  /** Is it about what the sender saw, so that the way back belongs to it? */
  readonly roundTrip?: boolean;
}

export async function narrate(failure: Failure, journey: Journey, scene: Scene, paint: Paint = PLAIN): Promise<string> {
  const { expected, happened, at, missed, roundTrip } = failure;
  const lines = [
    `${paint.strong('expected')}  ${expected}`,
    ...happened
      .split(/(?<=;) /)
      .map((part, at) => `${at === 0 ? paint.strong('happened') : '        '}  ${paint.bad(part)}`),
  ];
  const leg = failure.leg ?? legOf(journey, 'it');
  if (leg === undefined) return lines.join('\n');
  lines.push('', ...walkLines(leg, at, scene, paint));
  const reply = roundTrip && leg.role === 'request' ? legOf(journey, 'reply') : undefined;
  if (reply) lines.push('', paint.strong('the reply'), ...walkLines(reply, undefined, scene, paint));
  const told = await (missed && failure.leg
    ? explainMissed(failure.leg, missed, scene)
    : explainFallThrough(leg, scene));
  if (told.length > 0) lines.push('', ...told.flatMap((line) => indented(line, paint)));
  return lines.join('\n');
}

/** A walk up to `at`, or to its end, and who decided there. */
function walkLines(leg: Leg, at: Moment | undefined, scene: Scene, paint: Paint): string[] {
  const until = at ?? ('by' in leg.fate ? momentOf(leg, leg.fate.by) : undefined);
  const ownerOf = (address: number) => scene.ownerOf(address);
  const walk = layOut(walkRows(leg, ownerOf, until), paint);
  return until ? [...walk, ...deciderLines(deciderOf(until), scene, paint)] : walk;
}

/** The step that decided: of an address that a rule changed, the rule. */
function deciderOf({ hop, index, step }: Moment): Step {
  if (step.type !== 'translated' || !step.first) return step;
  return hop.steps.slice(0, index).findLast(({ type }) => type === 'trace') ?? step;
}

/** The rule that decided, in full, and where it comes from. */
function deciderLines(step: Step, scene: Scene, paint: Paint): string[] {
  if ((step.type !== 'trace' && step.type !== 'verdict') || step.number === undefined || step.rule === undefined)
    return [];
  const { namespace, table, chain, number, rule } = step;
  const words = step.type === 'verdict' ? deciderWords(step) : `rule ${number} of ${table} ${chain}`;
  const origin = scene.originOf(namespace, table, chain, rule.text);
  return [
    '',
    `${paint.strong(words)} on ${namespace}${origin === undefined ? '' : ` (${origin})`}`,
    ...indented(`  -A ${chain} ${rule.text}`, paint),
  ];
}

/** Breaks a line, its continuation two columns deeper. */
function indented(line: string, paint: Paint): string[] {
  const depth = line.length - line.trimStart().length;
  const [first = '', ...rest] = wrap(line.trim(), WIDTH - depth - 2);
  const tone = line.trimStart().startsWith('✗') ? paint.bad : (text: string) => text;
  return [first, ...rest.map((more) => `  ${more}`)].map((text) => `${' '.repeat(depth)}${tone(text)}`);
}
