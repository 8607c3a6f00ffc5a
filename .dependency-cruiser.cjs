// The floors of the house, bottom first (docs/architecture.md). A file imports only from its own floor or below.
const floors = [
  'net',
  'netfilter',
  'stack',
  'fabric',
  'journey',
  'blueprint',
  'platforms',
  'topology',
  'shell',
  'lab',
  'report',
  'cli',
];

const upward = floors.slice(0, -1).map((floor, index) => ({
  name: `${floor}-imports-down-only`,
  severity: 'error',
  from: { path: `^src/${floor}/`, pathNot: '\\.test\\.ts$' },
  to: { path: `^src/(${floors.slice(index + 1).join('|')})/` },
}));

module.exports = {
  forbidden: [
    ...upward,
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'the-engine-knows-no-cucumber',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '@cucumber|^steps/' },
    },
    {
      name: 'the-engine-needs-no-dependency',
      severity: 'error',
      from: { path: '^src/(net|netfilter|stack|fabric|journey|blueprint)/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['npm', 'npm-dev'] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.json'] },
  },
};
