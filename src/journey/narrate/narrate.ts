/**
 * A failure that teaches: what was expected, what happened, the walk up to the parting, who decided, and what the rules
 * that were expected lacked.
 */
import type { Judgement } from '../claims/judge.js';
import type { Scene } from '../claims/scene.js';
import type { Journey, Leg, Step } from '../journey.js';
import { legOf } from '../questions/moments.js';
import { explainMissed } from './explain.js';
import { type Paint, PLAIN } from './paint.js';
import { layOut, WIDTH, wrap } from './rows.js';
import { walkRows } from './walk.js';
import { deciderWords, SUBJECTS } from './words.js';

/** The text of a statement that does not hold. */
export async function narrate(
  judgement: Judgement,
  journey: Journey,
  scene: Scene,
  paint: Paint = PLAIN,
): Promise<string> {
  const { statement, happened, at, missed } = judgement;
  const lines = [
    `${paint.strong('expected')}  ${SUBJECTS[statement.subject]} ${statement.text}`,
    `${paint.strong('happened')}  ${paint.bad(happened)}`,
  ];
  const leg = judgement.leg ?? legOf(journey, 'it');
  if (leg === undefined) return lines.join('\n');
  const until = judgement.leg === undefined ? undefined : at;
  lines.push(
    '',
    ...layOut(
      walkRows(leg, (address) => scene.ownerOf(address), until),
      paint,
    ),
  );
  lines.push(...lastReply(journey, leg, judgement, scene, paint));
  const decider = until?.step ?? ('by' in leg.fate ? leg.fate.by : undefined);
  if (decider) lines.push(...deciderLines(decider, scene, paint));
  if (missed && judgement.leg) {
    const told = await explainMissed(judgement.leg, missed, scene);
    if (told.length > 0) lines.push('', ...told.flatMap((line) => indented(line, paint)));
  }
  return lines.join('\n');
}

/** Of what the sender saw, the way back is half: where the request arrived, the reply's walk tells the rest. */
function lastReply(journey: Journey, leg: Leg, { statement }: Judgement, scene: Scene, paint: Paint): string[] {
  const wholeTrip = statement.claim.of === 'outcome' && leg.role === 'request' && leg.fate.kind === 'delivered';
  const reply = wholeTrip ? legOf(journey, 'reply') : undefined;
  if (!reply || reply.fate.kind === 'delivered') return [];
  const by = 'by' in reply.fate ? deciderLines(reply.fate.by, scene, paint) : [];
  return [
    '',
    paint.strong('the reply'),
    ...layOut(
      walkRows(reply, (address) => scene.ownerOf(address)),
      paint,
    ),
    ...by,
  ];
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
