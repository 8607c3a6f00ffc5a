/** The part of the step reference that is about claims, in Markdown, written from the table. */
import type { Claim } from './claim.js';
import { readable } from './pattern.js';
import { CLAIMS } from './table.js';

export function claimReference(): string {
  return CLAIMS.map(entry).join('\n');
}

function entry({ id, says, denies, zh, zhDenies, about, example }: Claim): string {
  const lines = [`### ${id}`, '', about, '', `* ${code(says)}${denies === undefined ? '' : `, ${code(denies)}`}`];
  lines.push(`* ${code(zh)}${zhDenies === undefined ? '' : `, ${code(zhDenies)}`}`);
  return [...lines, '', '```gherkin', `Then ${example}`, '```', ''].join('\n');
}

function code(text: string): string {
  return `\`${readable(text)}\``;
}
