// ts-node installs its source maps in the loader thread; this makes Node apply them here, so that failures show TypeScript lines.
process.setSourceMapsEnabled(true);

const common = { loader: ['ts-node/esm'], import: ['steps/**/*.steps.ts'], formatOptions: { printAttachments: false } };

export default { ...common, format: ['progress'] };
export const check = { ...common, dryRun: true, format: ['summary'] };
