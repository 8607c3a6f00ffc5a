/** A case as a scenario in the project's sentences, with what the kernel answered: to be pasted into a feature. */
import type { NamespacePlan } from '../../blueprint/blueprint.js';
import { renderScript } from '../../blueprint/script.js';
import type { Fate, Journey, Leg } from '../../journey/journey.js';
import type { Outcome } from '../../journey/probe.js';
import { traceLines } from '../../journey/trace.js';
import { shortTrace } from '../../journey/trace-difference.js';
import type { ContractStep } from '../contract/contract.js';
import { blueprintOf, type ConformanceCase } from './case.js';
import type { Verdict } from './compare.js';

/** `origin`: where the case comes from, `1:17`. */
export function scenarioOf(one: ConformanceCase, { kernel, differences }: Verdict, origin: string): string {
  const { namespaces } = blueprintOf(one);
  return [
    `Scenario: The kernel and the simulator part (conformance case ${origin})`,
    ...networkLines(namespaces),
    ...one.steps.flatMap((step, place) => [...whenLines(step), ...thenLines(kernel[place]?.journey, namespaces)]),
    ...differences.flatMap(({ asked, kernel: wanted, simulated }) => [
      `  # ${asked}`,
      `  #   the kernel:    ${wanted.trim()}`,
      `  #   the simulator: ${simulated.trim()}`,
    ]),
  ].join('\n');
}

/**
 * One node holds the network, each of whose namespaces is made by a command: whatever a blueprint says, a shell can say.
 * Only what echoes datagrams has no program that both labs know, and is a comment.
 */
function networkLines(namespaces: readonly NamespacePlan[]): string[] {
  const script = renderScript({ namespaces, endpoints: {} })
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#!') && !line.startsWith('set ') && !line.startsWith('# Builds'))
    .filter((line) => !line.startsWith('#   for ') && !line.startsWith('# listens on '));
  const listens = namespaces.flatMap((plan) => plan.listens.map((listen) => ({ name: plan.name, ...listen })));
  const servers = listens.flatMap(({ name, protocol, port, address = '' }) =>
    protocol === 'tcp' ? [`ip netns exec ${name} nc -l -k ${address} ${port} &`.replace('  ', ' ')] : [],
  );
  const echoes = listens.flatMap(({ name, protocol, port, address = 'every address' }) =>
    protocol === 'udp' ? [`  # ${name} echoes what comes to port ${port}/udp of ${address}`] : [],
  );
  return [
    '  Given the topology:',
    ...docString(['nodes: { host: { interfaces: { spare0: 192.0.2.1/24 } } }']),
    '  And host runs:',
    ...docString([...script, ...servers]),
    ...echoes,
  ];
}

function whenLines(step: ContractStep): string[] {
  if ('pass' in step) return [`  When ${step.pass / 1000} seconds pass`];
  if ('run' in step) return [`  When ${step.on} runs:`, ...docString([step.run])];
  const { kind, from, to, port } = step.probe;
  const verb = { ping: 'pings', tcp: 'connects to', udp: 'sends udp to' }[kind];
  return [`  When ${from} ${verb} ${to}${port === undefined ? '' : ` on port ${port}`}`];
}

function thenLines(journey: Journey | undefined, namespaces: readonly NamespacePlan[]): string[] {
  if (journey === undefined) return [];
  const { outcome, legs } = journey;
  const subjects = [
    ['it', legs[0]],
    ['the reply', legs.find(({ role }) => role === 'reply')],
    ['the error', legs.find(({ role }) => role === 'error')],
  ] as const;
  return [
    `  Then it ${outcomeWords(outcome, legs[0]?.fate)}`,
    ...subjects.flatMap(([subject, leg]) =>
      leg === undefined ? [] : namespaces.flatMap(({ name }) => tracedLines(subject, leg, name)),
    ),
  ];
}

function outcomeWords(outcome: Outcome, fate: Fate | undefined): string {
  if (outcome.kind === 'answered') return 'is answered';
  if (fate?.kind === 'rejected') return `is rejected with ${fate.with}`;
  if (outcome.kind === 'silence' || outcome.local) return 'is not answered';
  return outcome.text === 'Connection refused' ? 'is refused' : `is unreachable: "${outcome.text}"`;
}

const FIELDS = ['IN', 'OUT', 'PHYSIN', 'PHYSOUT', 'SRC', 'DST', 'LEN', 'TOS', 'TTL', 'MARK'];

function tracedLines(subject: string, leg: Leg, namespace: string): string[] {
  const lines = traceLines(leg, namespace);
  if (lines.length === 0) return [];
  return [
    `  And ${subject} is traced on ${namespace} as:`,
    ...docString(lines.map((line) => shortTrace(line, FIELDS))),
  ];
}

function docString(lines: readonly string[]): string[] {
  return ['"""', ...lines, '"""'].map((line) => `    ${line}`);
}

/** The same case as one of the contract, for who keeps it: TypeScript for `contract/cases/`. */
export function contractCaseOf({ cables, words, steps }: ConformanceCase): string {
  const quoted = (value: unknown) => JSON.stringify(value);
  const fuller = Object.fromEntries(
    Object.entries(words).map(([name, plan]) => [
      name,
      Object.fromEntries(Object.entries(plan).filter(([, value]) => Object.keys(value).length > 0)),
    ]),
  );
  const calls = steps.map((step) => {
    if ('pass' in step) return `{ pass: ${step.pass} }`;
    if ('run' in step) return `run(${quoted(step.on)}, ${quoted(step.run)})`;
    const { kind, from, to, port } = step.probe;
    return `${kind}(${[from, to, ...(port === undefined ? [] : [port])].map(quoted).join(', ')})`;
  });
  return `blueprint: network(${quoted(cables)}, ${quoted(fuller)}),\nsteps: [${calls.join(', ')}],`;
}
