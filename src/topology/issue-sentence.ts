/** What is wrong in the shape of a topology, as sentences that name the key and what was meant. */
import { didYouMean } from '../net/did-you-mean.js';
import type { TopologyDocument } from './document.js';
import { knownKeys, type PlainIssue } from './issues.js';
import type { TopologyMistake } from './mistake.js';
import { isMapping, type Path, spell, valueAt } from './path.js';

export function explain({ issue, path, schema }: PlainIssue, document: TopologyDocument): TopologyMistake[] {
  const at = path.length === 0 ? 'the topology' : spell(path);
  const value = valueAt(document.data, path);
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schema);
    const place = path.length === 0 ? 'a topology' : spell(path);
    return issue.keys.map((key) => {
      const meant = didYouMean(key, known) || `; known keys: ${known.join(', ')}`;
      return document.mistake([...path, key], `unknown key \`${key}\` in ${place}${meant}`, 'key');
    });
  }
  if (issue.code === 'invalid_key') {
    return [document.mistake(path, issue.issues[0]?.message ?? issue.message, 'key')];
  }
  if (value === undefined) {
    const holder = path.length === 1 ? 'the topology' : spell(path.slice(0, -1));
    return [document.mistake(path, `${holder} needs \`${String(path.at(-1))}\``)];
  }
  if (issue.code === 'invalid_value') {
    const values = issue.values.map(String);
    const wanted = values.map((each) => `\`${each}\``).join(', ');
    const meant = typeof value === 'string' ? didYouMean(value, values) : '';
    return [document.mistake(path, `${at} is ${found(value, path, document)}; it can be ${wanted}${meant}`)];
  }
  const wrongType = issue.code === 'invalid_type' || (issue.code === 'custom' && issue.params?.['wrongType'] === true);
  if (wrongType) return [document.mistake(path, `${at}: ${issue.message}, but it is ${found(value, path, document)}`)];
  return [document.mistake(path, `${at}: ${issue.message}`)];
}

function found(value: unknown, path: Path, document: TopologyDocument): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (isMapping(value)) return 'a mapping';
  const spelled = document.spelling(path) ?? String(value);
  return typeof value === 'string' ? `\`${spelled}\`` : `the ${typeof value} ${spelled}`;
}
