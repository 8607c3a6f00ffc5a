// ts-node installs its source maps in the loader thread; this makes Node apply them here, so that failures show TypeScript lines.
process.setSourceMapsEnabled(true);

const common = { loader: ['ts-node/esm'], import: ['steps/**/*.steps.ts'], formatOptions: { printAttachments: false } };

export default { ...common, format: ['progress'] };
export const check = { ...common, dryRun: true, format: ['summary'] };
/** The real kernel. What only virtual time can do is tagged @simulated, with the reason in the feature. */
export const kernel = {
  ...common,
  format: ['progress'],
  tags: 'not @simulated',
  worldParameters: { lab: 'kernel' },
};
