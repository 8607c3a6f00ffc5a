// Runs the commands of typed.txt one after the other with the real ipset, in a network namespace of its own:
//   node src/netfilter/ipset/recorded/record.mjs      (as root; writes said.tsv beside itself)
// One line each: the command, its exit code, the first line that it printed.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const here = new URL('.', import.meta.url);
const typed = readFileSync(new URL('typed.txt', here), 'utf8').trimEnd().split('\n');
const script = typed.map(
  (line) => `out=$(ipset ${line} 2>&1); printf '%s\\t%s\\n' "$?" "$(printf '%s' "$out" | head -1)"`,
);
const said = execFileSync('unshare', ['-n', 'bash'], { input: script.join('\n'), encoding: 'utf8' })
  .trimEnd()
  .split('\n');
writeFileSync(new URL('said.tsv', here), `${typed.map((line, index) => `${line}\t${said[index]}`).join('\n')}\n`);
