// `npm run conformance`: the simulated lab against the real kernel, on cases made from a seed (docs/fidelity.md).
import './typescript.mjs';

const { main } = await import('../src/lab/conformance/main.ts');
process.exitCode = await main(process.argv.slice(2), Date.now);
