/** Every case of the contract. */
import type { ContractSection } from '../contract.js';
import { BRIDGES } from './bridges.js';
import { CONNTRACK } from './conntrack.js';
import { DELIVERY } from './delivery.js';
import { FOUND } from './found.js';
import { MARKS } from './marks.js';
import { NAT } from './nat.js';
import { NEIGHBOURS } from './neighbours.js';
import { REFUSAL } from './refusal.js';
import { REJECT } from './reject.js';
import { ROUTING } from './routing.js';
import { TRACE } from './trace.js';

export const CONTRACT: readonly ContractSection[] = [
  DELIVERY,
  ROUTING,
  REFUSAL,
  NEIGHBOURS,
  BRIDGES,
  REJECT,
  TRACE,
  MARKS,
  CONNTRACK,
  NAT,
  FOUND,
];
