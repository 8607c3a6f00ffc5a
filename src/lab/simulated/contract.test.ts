import { describe } from 'node:test';
import { contractTests } from '../contract/contract-tests.js';
import { openSimulatedLab } from './simulated.js';

describe('the contract, on the simulated lab', () => contractTests(openSimulatedLab));
