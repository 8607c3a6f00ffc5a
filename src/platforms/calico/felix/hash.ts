/**
 * The hash in each of Felix's comments, `cali:wUHhoiAYhphO9Mso`: a chain over the rules of an iptables chain, so that a rule's
 * hash changes with every rule above it (felix iptables/rules.go, Chain.RuleHashes).
 */
import { createHash } from 'node:crypto';
import { comment, type FelixRule, spell } from './rule.js';

const HASH_LENGTH = 16;

/** The hash of each rule of `chain`. The chain's name seeds them; the word HASH stands where the hash will be. */
export function ruleHashes(chain: string, rules: readonly FelixRule[]): string[] {
  let digest = createHash('sha224').update(chain).digest();
  return rules.map((rule) => {
    digest = createHash('sha224')
      .update(digest)
      .update(`-A ${chain} ${spell(rule, 'HASH')}`)
      .digest();
    return digest.toString('base64url').slice(0, HASH_LENGTH);
  });
}

/** The rules as Felix hands them to iptables-restore, after `-A CHAIN `. */
export function rulesWithHashes(chain: string, rules: readonly FelixRule[]): string[] {
  const hashes = ruleHashes(chain, rules);
  return rules.map((rule, index) => spell(rule, comment(`cali:${hashes[index]}`)));
}
