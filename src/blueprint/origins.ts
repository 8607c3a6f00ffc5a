/** Where a rule comes from: which program, profile, workload or file wanted it. */
import type { TableName } from '../netfilter/hooks.js';
import { parseRestore } from '../netfilter/rules/parse-restore.js';
import type { NamespacePlan } from './blueprint.js';

/**
 * Answers with the phrase of `NamespacePlan.origins` for a rule in the spelling of iptables-save, wherever it stands in its
 * chain by now, or for its chain. The plan's rules are read when somebody asks first: nobody does while all goes well.
 */
export class Origins {
  readonly #plan: NamespacePlan;
  #byText: ReadonlyMap<string, string> | undefined;

  constructor(plan: NamespacePlan) {
    this.#plan = plan;
  }

  of(table: TableName, chain: string, rule?: string): string | undefined {
    this.#byText ??= readTexts(this.#plan);
    return this.#byText.get(`${table} ${chain} ${rule}`) ?? this.#plan.origins[`${table} ${chain}`];
  }
}

function readTexts({ iptables, origins }: NamespacePlan): ReadonlyMap<string, string> {
  const byText = new Map<string, string>();
  for (const [table, { chains }] of iptables === '' ? [] : parseRestore(iptables)) {
    for (const [name, { rules }] of chains) {
      for (const [index, { text }] of rules.entries()) {
        const origin = origins[`${table} ${name} ${index + 1}`];
        if (origin !== undefined) byText.set(`${table} ${name} ${text}`, origin);
      }
    }
  }
  return byText;
}
