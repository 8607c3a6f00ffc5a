/** The table of verbs. To add a verb, add its file and name it here. */
import { sh } from './sh/sh.js';
import type { Verb } from './verb.js';

export const VERBS: readonly Verb[] = [sh];
