/**
 * What a platform says when it cannot do what the topology asks: one sentence, and the keys of the topology that lead to
 * the value it is about (`['calico', 'pools', 0, 'encapsulation']`), so that the loader can add file, line and column.
 */
export class PlatformRefusal extends Error {
  override readonly name = 'PlatformRefusal';

  constructor(
    sentence: string,
    readonly at: readonly (string | number)[],
  ) {
    super(sentence);
  }
}
