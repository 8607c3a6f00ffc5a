// A node:test reporter: a dot for each test that passes, the whole story for one that fails, a sentence for one that is
// skipped. The last line counts.
export default async function* countReporter(source) {
  const count = { passed: 0, failed: 0, skipped: 0 };
  for await (const { type, data } of source) {
    if (type === 'test:stderr' || type === 'test:stdout') yield data.message;
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.details?.type === 'suite') continue;
    if (data.skip !== undefined) {
      count.skipped += 1;
      yield `\nskipped: ${data.name}${typeof data.skip === 'string' ? ` (${data.skip})` : ''}\n`;
    } else if (type === 'test:pass') {
      count.passed += 1;
      yield '.';
    } else {
      count.failed += 1;
      const { error } = data.details;
      const cause = error.cause ?? error;
      yield `\nfailed: ${data.name} (${data.file}:${data.line})\n${cause.stack ?? cause.message ?? cause}\n`;
    }
  }
  yield `\nunit: ${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped\n`;
}
