/** What the commands of the latest `When master runs:` printed. */
import { Then } from './dsl.js';
import { Unmet } from './expectations.js';
import { printedDifference } from './printed-lines.js';
import type { NetWorld } from './world.js';

Then('it prints:', prints);
Then('输出是:/输出是：', prints);

Then('it prints nothing', printsNothing);
Then('没有输出', printsNothing);

Then('it fails with {string}', failsWith);
Then('失败并提示 {string}', failsWith);

function prints(this: NetWorld, text: string): void {
  report(this, 'it prints:', printedDifference(text, this.printed.result.stdout));
}

function printsNothing(this: NetWorld): void {
  const { stdout } = this.printed.result;
  report(this, 'it prints nothing', stdout === '' ? undefined : `it printed:\n${stdout}`);
}

function failsWith(this: NetWorld, text: string): void {
  const { stdout, stderr, exitCode } = this.printed.result;
  this.printed.expectFailure();
  const said = [stderr, stdout].filter((each) => each !== '').join('\n') || 'nothing';
  const failed = exitCode !== 0;
  if (failed && (stderr.includes(text) || stdout.includes(text))) return;
  throw new Unmet(
    [
      `expected  it fails with "${text}"`,
      failed ? `happened  it failed with other words, exit code ${exitCode}` : 'happened  it succeeded',
      `it said:\n${said}`,
    ].join('\n'),
  );
}

/** What went wrong on the way is told, too: it explains most of what is not printed. */
function report(world: NetWorld, claim: string, difference: string | undefined): void {
  if (difference === undefined) return;
  const { stderr, exitCode } = world.printed.result;
  const trouble =
    stderr === '' && exitCode === 0 ? '' : `\nexit code ${exitCode}${stderr && `, and the errors\n${stderr}`}`;
  throw new Unmet(`expected  ${claim}\n${difference}${trouble}`);
}
