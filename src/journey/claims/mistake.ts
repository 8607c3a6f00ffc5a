/**
 * A sentence that cannot be judged, because it names something that is not there: an unknown claim, chain, rule, node. It
 * is neither true nor false; the message says what was meant.
 */
export class ClaimMistake extends Error {
  override readonly name = 'ClaimMistake';

  constructor(message: string) {
    super(message);
    this.stack = message;
  }
}
