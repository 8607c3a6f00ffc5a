/** One packet through one table at one hook: ipt_do_table() of net/ipv4/netfilter/ip_tables.c. */
import type { NetfilterObserver, TracePoint } from '../events.js';
import type { Chain, Evaluation, ExtensionTarget, Rule, Table } from '../rule.js';
import { type Cursor, cursorOver } from './cursor.js';
import { ruleHolds } from './rule-holds.js';
import { isUnconditional } from './selector.js';

/** What a table says of a packet. STOLEN: a REJECT answered it, and it is gone. */
export type Verdict = 'ACCEPT' | 'DROP' | 'STOLEN' | 'UNDETERMINED';

/** A chain in progress, and the rule to go on with. */
interface Frame {
  readonly chain: Chain;
  readonly cursor: Cursor;
}

/**
 * Walks the built-in chain of the evaluation's hook and everything it jumps to. Counters of rules and policies grow,
 * targets act on the evaluation's packet, and the observer is told of every trace point and of a verdict other than
 * ACCEPT. Throws a RangeError where the table has no chain for the hook, or where a rule names a chain that is not there.
 * @param walk how chains are walked: past rules that cannot match where a chain is long, or rule by rule
 */
export function evaluate(
  table: Table,
  evaluation: Evaluation,
  observe: NetfilterObserver | undefined,
  walk: (chain: Chain) => Cursor = cursorOver,
): Verdict {
  return new Traversal(table, evaluation, observe, walk).run();
}

class Traversal {
  readonly #base: Chain;
  /** Chains that wait for the one that they jumped to with `-j`. A chain left by `-g` does not wait. */
  readonly #waiting: Frame[] = [];
  #frame: Frame;

  constructor(
    readonly table: Table,
    readonly evaluation: Evaluation,
    readonly observe: NetfilterObserver | undefined,
    readonly walk: (chain: Chain) => Cursor,
  ) {
    this.#base = this.#chain(evaluation.pass.hook);
    this.#frame = this.#enter(this.#base);
  }

  run(): Verdict {
    for (;;) {
      const { chain, cursor } = this.#frame;
      const index = cursor.next(this.evaluation);
      const rule = chain.rules[index];
      const verdict = rule === undefined ? this.#endOfChain(chain) : this.#tryRule(chain, rule, index + 1);
      if (verdict !== undefined) return verdict;
    }
  }

  #tryRule(chain: Chain, rule: Rule, number: number): Verdict | undefined {
    const holds = ruleHolds(rule, this.evaluation);
    if (holds === false) return undefined;
    if (holds !== true) return this.#decide(holds.verdict, chain, rule, number, holds.reason);
    rule.packets += 1;
    rule.bytes += this.evaluation.skb.packet.length;
    const { target } = rule;
    if (this.observe) this.#trace(chain, kindOf(chain, rule), number, rule);
    switch (target.kind) {
      case 'none':
        return undefined;
      case 'jump':
        this.#waiting.push(this.#frame);
        this.#frame = this.#enter(this.#chain(target.chain));
        return undefined;
      case 'goto':
        this.#frame = this.#enter(this.#chain(target.chain));
        return undefined;
      case 'extension':
        return this.#act(chain, rule, target, number);
      case 'verdict':
        switch (target.verdict) {
          case 'ACCEPT':
            return 'ACCEPT';
          case 'DROP':
            return this.#decide('DROP', chain, rule, number);
          case 'RETURN':
            return this.#leave();
          case 'QUEUE':
            return this.#decide(
              'UNDETERMINED',
              chain,
              rule,
              number,
              'what a program says of a queued packet is not modelled',
            );
        }
    }
  }

  #act(chain: Chain, rule: Rule, target: ExtensionTarget, number: number): Verdict | undefined {
    const result = target.act(this.evaluation);
    switch (result.verdict) {
      case 'CONTINUE':
        return undefined;
      case 'ACCEPT':
        return 'ACCEPT';
      case 'DROP':
        return this.#decide('DROP', chain, rule, number);
      case 'UNDETERMINED':
        return this.#decide('UNDETERMINED', chain, rule, number, result.reason);
      case 'REJECT':
        this.#verdict('REJECT', chain, rule, number, { rejectWith: result.rejectWith });
        return 'STOLEN';
    }
  }

  #endOfChain(chain: Chain): Verdict | undefined {
    if (chain.policy !== undefined) return this.#applyPolicy();
    if (this.observe) this.#trace(chain, 'return', chain.rules.length + 1, undefined);
    return this.#leave();
  }

  /** RETURN: back to the chain that made the last `-j`; from a built-in chain, to its policy. */
  #leave(): Verdict | undefined {
    const caller = this.#waiting.pop();
    if (caller === undefined) return this.#applyPolicy();
    this.#frame = caller;
    return undefined;
  }

  #applyPolicy(): Verdict {
    const base = this.#base;
    base.packets += 1;
    base.bytes += this.evaluation.skb.packet.length;
    if (this.observe) this.#trace(base, 'policy', base.rules.length + 1, undefined);
    return base.policy === 'DROP' ? this.#decide('DROP', base, undefined, undefined) : 'ACCEPT';
  }

  #decide(
    verdict: 'DROP' | 'UNDETERMINED',
    chain: Chain,
    rule: Rule | undefined,
    number: number | undefined,
    reason?: string,
  ): Verdict {
    this.#verdict(verdict, chain, rule, number, reason === undefined ? {} : { reason });
    return verdict;
  }

  #verdict(
    verdict: 'DROP' | 'REJECT' | 'UNDETERMINED',
    chain: Chain,
    rule: Rule | undefined,
    number: number | undefined,
    details: { rejectWith?: string; reason?: string },
  ): void {
    const { skb, pass, host } = this.evaluation;
    this.observe?.({
      type: 'verdict',
      namespace: host.namespace,
      serial: skb.serial,
      packet: skb.packet,
      mark: skb.mark,
      pass,
      verdict,
      table: this.table.name,
      chain: chain.name,
      number,
      rule,
      ...details,
    });
  }

  #trace(chain: Chain, kind: TracePoint['kind'], number: number, rule: Rule | undefined): void {
    const { skb, pass, host } = this.evaluation;
    this.observe?.({
      type: 'trace',
      namespace: host.namespace,
      serial: skb.serial,
      packet: skb.packet,
      mark: skb.mark,
      pass,
      table: this.table.name,
      chain: chain.name,
      kind,
      number,
      rule,
    });
  }

  #enter(chain: Chain): Frame {
    return { chain, cursor: this.walk(chain) };
  }

  #chain(name: string): Chain {
    const chain = this.table.chains.get(name);
    if (chain === undefined) throw new RangeError(`the ${this.table.name} table has no chain ${name}`);
    return chain;
  }
}

/** get_chainname_rulenum(): a rule without any match and with a plain verdict looks like the end of a chain to the kernel. */
function kindOf(chain: Chain, { selector, matches, target }: Rule): TracePoint['kind'] {
  if (target.kind !== 'verdict' || matches.length > 0 || !isUnconditional(selector)) return 'rule';
  return chain.policy === undefined ? 'return' : 'policy';
}
