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
