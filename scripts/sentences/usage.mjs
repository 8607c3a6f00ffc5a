// Which sentences there are, and where the features say them: a dry run of all features, in which cucumber itself matches.
import { Writable } from 'node:stream';
import { loadConfiguration, runCucumber } from '@cucumber/cucumber/api';

/**
 * `patterns`: of every step definition, in the order of registration. `uses`: every step of every scenario with the pattern
 * that it matches, its arguments as written, its place in the feature, and the table or doc string after it.
 */
export async function stepUsage() {
  const messages = await dryRun();
  const definitions = new Map(
    messages.flatMap(({ stepDefinition: one }) => (one ? [[one.id, one.pattern.source]] : [])),
  );
  const written = new Map(messages.flatMap(({ gherkinDocument }) => (gherkinDocument ? stepsOf(gherkinDocument) : [])));
  const pickles = new Map(messages.flatMap(({ pickle }) => (pickle ? [[pickle.id, pickle]] : [])));
  const uses = [];
  const seen = new Set();
  for (const { testCase } of messages) {
    if (!testCase) continue;
    const { steps, uri } = pickles.get(testCase.pickleId);
    for (const { pickleStepId, stepDefinitionIds = [], stepMatchArgumentsLists = [] } of testCase.testSteps) {
      const step = steps.find(({ id }) => id === pickleStepId);
      // A step of an outline or a background stands for many; the first of them is enough.
      const at = step && written.get(step.astNodeIds[0]);
      if (!at || seen.has(at.id) || stepDefinitionIds.length !== 1) continue;
      seen.add(at.id);
      uses.push({
        pattern: definitions.get(stepDefinitionIds[0]),
        words: stepMatchArgumentsLists[0].stepMatchArguments.map(({ group }) => group.value ?? ''),
        step: at,
        uri: uri.replaceAll('\\', '/'),
        outlined: step.astNodeIds.length > 1,
      });
    }
  }
  uses.sort((a, b) => (a.uri < b.uri ? -1 : a.uri > b.uri ? 1 : a.step.location.line - b.step.location.line));
  return { patterns: [...definitions.values()], uses };
}

async function dryRun() {
  const { runConfiguration } = await loadConfiguration({ profiles: ['check'] });
  const messages = [];
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  await runCucumber(
    // The loader of TypeScript is running already.
    { ...runConfiguration, support: { ...runConfiguration.support, loaders: [] } },
    { stdout: nowhere },
    (message) => messages.push(message),
  );
  return messages;
}

/** The steps of a feature by id, as they are written, each knowing whether it is a Given, a When or a Then. */
function stepsOf({ feature }) {
  const found = [];
  const walk = (children = []) => {
    for (const { background, scenario, rule } of children) {
      let type = '';
      for (const step of (background ?? scenario)?.steps ?? []) {
        if (step.keywordType !== 'Conjunction') type = step.keywordType;
        found.push([step.id, { ...step, type }]);
      }
      walk(rule?.children);
    }
  };
  walk(feature?.children);
  return found;
}
