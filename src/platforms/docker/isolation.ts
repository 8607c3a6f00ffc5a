/** How bridges are kept apart (libnetwork bridge driver, setINC), which changed with 18.05. */
import type { Command } from './command.js';

export interface Isolation {
  /** The chains in filter. FORWARD jumps to the first of them; each ends with RETURN. */
  readonly chains: readonly [string, ...string[]];
  /** Keeps a new bridge apart from those that are there, oldest first. */
  separate(bridge: string, others: readonly string[]): Command[];
}

const PAIRS = 'DOCKER-ISOLATION';
const STAGE_1 = 'DOCKER-ISOLATION-STAGE-1';
const STAGE_2 = 'DOCKER-ISOLATION-STAGE-2';

/**
 * Two rules for each two bridges, so that their number grows with the square of the bridges'. In which order dockerd comes
 * upon the others it leaves to chance (a Go map); a packet can match no more than one of them.
 */
export const PAIRWISE: Isolation = {
  chains: [PAIRS],
  separate: (bridge, others) =>
    others.flatMap((other): Command[] => [
      ['-I', 'filter', PAIRS, `-i ${bridge} -o ${other} -j DROP`],
      ['-I', 'filter', PAIRS, `-i ${other} -o ${bridge} -j DROP`],
    ]),
};

/** Two rules for each bridge: what leaves one for anywhere else, and of that what is for any of them. */
export const STAGES: Isolation = {
  chains: [STAGE_1, STAGE_2],
  separate: (bridge) => [
    ['-I', 'filter', STAGE_1, `-i ${bridge} ! -o ${bridge} -j ${STAGE_2}`],
    ['-I', 'filter', STAGE_2, `-o ${bridge} -j DROP`],
  ],
};
