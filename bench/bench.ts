/** `npm run bench`: how fast the simulator is. `npm run bench -- pings` runs one. */
import { benchLabs } from './labs.js';
import { benchPings } from './pings.js';
import { benchRules } from './rules.js';

const benches: Readonly<Record<string, () => string[]>> = { pings: benchPings, rules: benchRules, labs: benchLabs };

const wanted = process.argv.slice(2);
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`── ${name}`);
  for (const line of bench()) console.log(line);
}
