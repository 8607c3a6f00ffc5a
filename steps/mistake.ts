/** A sentence that cannot be carried out as it is written. The message says what to write instead. */
export class Mistake extends Error {
  override readonly name = 'Mistake';
}
