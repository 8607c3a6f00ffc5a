/** How a command ends that does not do what it was asked to. */

/** What the real tool says and exits with. `stderr` ends with a line feed, or is empty. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';

  constructor(
    readonly stderr: string,
    readonly exitCode: number,
  ) {
    super(stderr.trimEnd());
  }
}

/**
 * The real tool would understand this, the simulation does not. The script ends here: whatever came after it would run on
 * a state that is not the real one.
 */
export class NotSimulated extends Error {
  override readonly name = 'NotSimulated';
}
