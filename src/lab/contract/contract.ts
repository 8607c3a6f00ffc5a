/**
 * What every lab must agree on with the Linux kernel: small networks, a few packets, and everything that can be said of
 * them. `recorded.json` holds what the kernel answered; `scripts/record-contract.mjs` asks it again.
 */
import { readFileSync } from 'node:fs';
import type { Blueprint } from '../../blueprint/blueprint.js';
import type { Probe } from '../../journey/probe.js';
import type { Lab, OpenLab } from '../lab.js';
import { printed } from './printed.js';
import { told } from './told.js';

export interface ContractCase {
  /** The behaviour, in one sentence. */
  readonly name: string;
  readonly blueprint: Blueprint;
  readonly steps: readonly ContractStep[];
}

export type ContractStep =
  | { readonly probe: Probe }
  /** What is printed is part of the answer. */
  | { readonly run: string; readonly on: string }
  | { readonly pass: number };

export interface ContractSection {
  readonly title: string;
  readonly cases: readonly ContractCase[];
}

/** What a lab said, line by line: one list for each step. */
export type Answers = readonly (readonly string[])[];

export function ping(from: string, to: string): ContractStep {
  return { probe: { kind: 'ping', from, to } };
}

export function tcp(from: string, to: string, port: number): ContractStep {
  return { probe: { kind: 'tcp', from, to, port } };
}

export function udp(from: string, to: string, port: number): ContractStep {
  return { probe: { kind: 'udp', from, to, port } };
}

export function run(on: string, script: string): ContractStep {
  return { run: script, on };
}

export async function answersOf({ blueprint, steps }: ContractCase, open: OpenLab): Promise<Answers> {
  const lab = await open(blueprint);
  try {
    const answers: (readonly string[])[] = [];
    for (const step of steps) answers.push(await answer(lab, step));
    return answers;
  } finally {
    await lab.close();
  }
}

async function answer(lab: Lab, step: ContractStep): Promise<readonly string[]> {
  if ('probe' in step) return told(await lab.probe(step.probe));
  if ('run' in step) return printed(await lab.run(step.on, step.run));
  await lab.pass(step.pass);
  return [];
}

export const RECORDED = new URL('./recorded.json', import.meta.url);

/** By the names of the cases. */
export function recordedAnswers(): Readonly<Record<string, Answers>> {
  return JSON.parse(readFileSync(RECORDED, 'utf8'));
}

/**
 * The lines in which a lab disagrees with the record, each with its counterpart; none where they agree. Where the kernel
 * swallowed a packet and nobody saw why, a lab may know the reason.
 */
export function disagreements(recorded: Answers, answers: Answers): string[] {
  const differences: string[] = [];
  for (let step = 0; step < Math.max(recorded.length, answers.length); step++) {
    const [wanted, got] = [recorded[step] ?? [], answers[step] ?? []];
    for (let line = 0; line < Math.max(wanted.length, got.length); line++) {
      if (agree(wanted[line], got[line])) continue;
      differences.push(`step ${step + 1}: the kernel says "${wanted[line] ?? ''}", this lab says "${got[line] ?? ''}"`);
      break;
    }
  }
  return differences;
}

const UNEXPLAINED = /^ {2}vanished on (\S+)$/;
const GIVEN_UP = /^ {2}dropped on (\S+) by [a-z-]+$/;

function agree(wanted: string | undefined, got: string | undefined): boolean {
  if (wanted === got) return true;
  const where = UNEXPLAINED.exec(wanted ?? '')?.[1];
  return where !== undefined && where === GIVEN_UP.exec(got ?? '')?.[1];
}
