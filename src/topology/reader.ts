/** What every part of the reading shares: the document, the mistakes so far, and who took which name and address. */
import type { TopologyDocument } from './document.js';
import type { TopologyMistake } from './mistake.js';
import { type Path, spell } from './path.js';
import type { Shape } from './shape.js';

export class Reader {
  readonly mistakes: TopologyMistake[];
  readonly #names = new Map<string, string>();
  readonly #addresses = new Map<string, Path>();

  constructor(
    readonly document: TopologyDocument,
    readonly shape: Shape,
    /** The directory that file names in the topology are relative to. */
    readonly directory: string,
  ) {
    this.mistakes = [...shape.mistakes];
  }

  /** Notes a mistake about what stands at `path`, or about its key. */
  say(path: Path, sentence: string, about: 'key' | 'value' = 'value'): void {
    this.mistakes.push(this.document.mistake(path, sentence, about));
  }

  /** Everything that a sentence or a namespace can be called shares one set of names. `what`: `a node`. */
  takeName(name: string, what: string, path: Path): void {
    const taken = this.#names.get(name);
    if (taken === undefined) this.#names.set(name, what);
    else this.say(path, `${what} cannot be called \`${name}\`: that is the name of ${taken}`, 'key');
  }

  takeAddress(address: string, path: Path): void {
    const taken = this.#addresses.get(address);
    if (taken === undefined) this.#addresses.set(address, path);
    else this.say(path, `${spell(path)}: ${address} is the address of ${spell(taken)} already`);
  }
}
