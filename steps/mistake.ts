/** A sentence that cannot be carried out as it is written. The message says what to write instead, and is all there is to see. */
export class Mistake extends Error {
  override readonly name = 'Mistake';

  constructor(message: string) {
    super(message);
    this.stack = message;
  }
}
