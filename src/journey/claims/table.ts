/**
 * The one table of claims: everything that a Then can say of a journey. Steps parse with it, the step reference is
 * written from it. A new claim is one entry in the file of its subject.
 */
import { CHAIN_CLAIMS } from './chain-claims.js';
import type { Claim } from './claim.js';
import { FATE_CLAIMS } from './fate-claims.js';
import { OUTCOME_CLAIMS } from './outcome-claims.js';
import { TRANSLATION_CLAIMS } from './translation-claims.js';
import { WAY_CLAIMS } from './way-claims.js';

export const CLAIMS: readonly Claim[] = [
  ...OUTCOME_CLAIMS,
  ...FATE_CLAIMS,
  ...CHAIN_CLAIMS,
  ...TRANSLATION_CLAIMS,
  ...WAY_CLAIMS,
];
