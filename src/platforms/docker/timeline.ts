/** What changed from one version of Docker to another in what it does to a node. */
import { PlatformRefusal } from '../refusal.js';
import { type Timeline, valueAt } from '../version.js';
import { type Isolation, PAIRWISE, STAGES } from './isolation.js';

/** A version that is refused, because some of its rules, or their order, are not known for certain. */
interface Unsettled {
  /** `the rules around its ip set are`; undefined for what is too old to matter. */
  readonly unsettled: string | undefined;
}

const GENERATIONS: Timeline<Isolation | Unsettled> = [
  ['0', { unsettled: undefined }],
  ['17.06', PAIRWISE],
  ['18.05', STAGES],
  ['28.0', { unsettled: 'the rules around its ip set docker-ext-bridges-v4 are' }],
  ['28.0.1', { unsettled: 'the rules in its chains DOCKER-FORWARD, DOCKER-CT and DOCKER-BRIDGE are' }],
  ['29', { unsettled: 'what took the place of its isolation chains is' }],
];

const MODELLED = 'Docker 17.06 to 27.x is';

/** @throws PlatformRefusal for a version that is not modelled */
export function isolationOf(version: string): Isolation {
  const generation = valueAt(GENERATIONS, version);
  if ('chains' in generation) return generation;
  const { unsettled } = generation;
  const why = unsettled === undefined ? '' : `, because ${unsettled} not known for certain`;
  throw new PlatformRefusal(`Docker ${version} is not modelled${why}; ${MODELLED}`, ['docker', 'version']);
}
