// Picks the step that shows a sentence best, and prints it with its place.

const TYPES = { Context: 'Given', Action: 'When', Outcome: 'Then' };

/** Of all uses one that is no outline's, with a table or doc string that is short but says something, then the shortest. */
export function exampleOf(uses) {
  const cost = ({ outlined, step }) => {
    const rows = argumentLines(step).length;
    return (outlined ? 10_000 : 0) + (rows > 12 ? 1000 : 0) + Math.abs(rows - 5) * 10 + step.text.length;
  };
  return uses.reduce((best, use) => (best === undefined || cost(use) < cost(best) ? use : best), undefined);
}

/** A step as a feature has it, its argument included, with the keyword of its kind in front. */
export function stepText({ step }) {
  const chinese = /\p{Script=Han}/u.test(step.keyword);
  const keyword = chinese ? { Given: '假如', When: '当', Then: '那么' }[TYPES[step.type]] : `${TYPES[step.type]} `;
  return [`${keyword}${step.text}`, ...argumentLines(step).map((line) => `  ${line}`.trimEnd())];
}

export function exampleLink({ uri, step }) {
  const { line } = step.location;
  return `[${uri}:${line}](../${uri}#L${line})`;
}

function argumentLines({ docString, dataTable }) {
  if (docString) return ['"""', ...docString.content.split('\n'), '"""'];
  const rows = (dataTable?.rows ?? []).map(({ cells }) => cells.map(({ value }) => value));
  const widths = rows[0]?.map((_, at) => Math.max(...rows.map((row) => row[at].length)));
  return rows.map((row) => `| ${row.map((cell, at) => cell.padEnd(widths[at])).join(' | ')} |`);
}
