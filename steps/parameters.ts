/**
 * What the parameters of steps look like. Generous, so that a slip is answered by a sentence and not by "undefined step":
 * whoever gets the word says what is wrong with it.
 */
import { defineParameterType } from '@cucumber/cucumber';
import { subjectOf } from '../src/journey/claims/sentence.js';
import type { Subject } from '../src/journey/questions/moments.js';
import { didYouMean } from '../src/net/did-you-mean.js';
import { TABLES, type TableName } from '../src/netfilter/hooks.js';
import { Mistake } from './mistake.js';
import { type Placement, readPlacements, readZhPlacements } from './placements.js';

/** The type of each parameter, for dsl.ts. */
export interface ParameterTypes {
  endpoint: string;
  node: string;
  placements: readonly Placement[];
  zhPlacements: readonly Placement[];
  port: number;
  misspelt: string;
  sysctl: string;
  value: string;
  subject: Subject;
  claims: string;
  zhSubject: Subject;
  zhClaims: string;
  table: TableName;
  tables: readonly TableName[];
  string: string;
  int: number;
}

defineParameterType({ name: 'endpoint', regexp: /\S+/, useForSnippets: false });

defineParameterType({ name: 'node', regexp: /[^\s:：]+/, useForSnippets: false });

defineParameterType({
  name: 'placements',
  regexp: /(?!conntrack on )\S+ (?:in \S+ )?on \S.*[^:]/,
  transformer: readPlacements,
  useForSnippets: false,
});

defineParameterType({
  name: 'zhPlacements',
  regexp: /\S+ ?上有 ?.*[^:：]/,
  transformer: readZhPlacements,
  useForSnippets: false,
});

defineParameterType({
  name: 'port',
  regexp: /\S+/,
  transformer: (text: string): number => {
    if (/^[0-9]{1,5}$/.test(text) && Number(text) > 0 && Number(text) <= 65535) return Number(text);
    throw new Mistake(`\`${text}\` is not a port; ports are numbers from 1 to 65535`);
  },
  useForSnippets: false,
});

/** What is made of the letters of `pings`, `connects` or `sends`, and is none of them. */
defineParameterType({
  name: 'misspelt',
  regexp: /(?!pings? |connects to |sends udp to |sees )(?:p[ings]{2,6}|c[onects]{4,9}|s[ends]{2,5}) .+/,
  useForSnippets: false,
});

defineParameterType({ name: 'sysctl', regexp: /[a-z][\w-]*(?:[./][\w-]+)+/, useForSnippets: false });

defineParameterType({ name: 'value', regexp: /\S+/, useForSnippets: false });

defineParameterType({
  name: 'subject',
  regexp: /it|the [re]\w+/,
  transformer: (text: string): Subject => {
    const known = ['it', 'the reply', 'the error'];
    if (!known.includes(text)) throw new Mistake(`nothing is called \`${text}\`${didYouMean(text, known)}`);
    return subjectOf(text);
  },
  useForSnippets: false,
});

/** Of a packet; what commands printed has steps of its own. */
defineParameterType({
  name: 'claims',
  regexp: /(?!prints nothing$|fails with ["']).+[^:]/,
  useForSnippets: false,
});

defineParameterType({ name: 'zhSubject', regexp: /它|应答|回复|错误/, transformer: subjectOf, useForSnippets: false });

defineParameterType({
  name: 'zhClaims',
  regexp: / ?.+[^:：]/,
  transformer: (text: string) => text.trim(),
  useForSnippets: false,
});

defineParameterType({ name: 'table', regexp: /\S+/, transformer: readTable, useForSnippets: false });

defineParameterType({
  name: 'tables',
  regexp: /\S+(?:(?:, | and |、| 和 )\S+)*/,
  transformer: (text: string) => text.split(/, | and |、| 和 /).map(readTable),
  useForSnippets: false,
});

function readTable(text: string): TableName {
  if ((TABLES as readonly string[]).includes(text)) return text as TableName;
  throw new Mistake(`no table \`${text}\`${didYouMean(text, TABLES)}`);
}
