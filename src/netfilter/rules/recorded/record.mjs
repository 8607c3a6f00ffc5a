// Asks the real iptables-legacy what it makes of typed.txt, in a network namespace of its own:
//   node src/netfilter/rules/recorded/record.mjs      (as root; writes printed.tsv beside itself)
// One line each: what was typed, then the rule as `iptables -S` and as `iptables -L -n` print it, or what the tool said.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const here = new URL('.', import.meta.url);
const typed = readFileSync(new URL('typed.txt', here), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));

const script = [];
const sets = ['s1 hash:ip timeout 0 counters', 's2 hash:ip,port', 's3 hash:ip,port,ip'];
for (const set of sets) script.push(`ipset create ${set}`);
for (const table of ['raw', 'mangle', 'nat', 'filter', 'security']) script.push(`iptables-legacy -t ${table} -N U`);
for (const line of typed) {
  const [table, chain, ...rest] = line.split(' ');
  const rule = rest.join(' ');
  script.push(
    `out=$(iptables-legacy -t ${table} -A ${chain} ${rule} 2>&1); code=$?; printf '\\001%s\\002%s' "$code" "$out"`,
    `printf '\\002'; iptables-legacy -t ${table} -S ${chain} | tail -n +2`,
    `printf '\\002'; iptables-legacy -t ${table} -L ${chain} -n | tail -n +3`,
    `iptables-legacy -t ${table} -F ${chain}`,
  );
}
const output = execFileSync('unshare', ['-n', 'bash'], { input: script.join('\n'), encoding: 'utf8' });
const recorded = output
  .split('\u0001')
  .slice(1)
  .map((entry, index) => {
    const [code, says, saved, listed] = entry.split('\u0002');
    if (Number(code) !== 0)
      return [typed[index], code, JSON.stringify(says.replace(/\n*Try `iptables -h' or .*$/s, ''))];
    return [
      typed[index],
      code,
      saved.trimEnd().replaceAll('\n', '\\n'),
      listed.replace(/\n$/, '').replaceAll('\n', '\\n'),
    ];
  });
writeFileSync(new URL('printed.tsv', here), `${recorded.map((fields) => fields.join('\t')).join('\n')}\n`);
