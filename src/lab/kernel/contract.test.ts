import { describe, it } from 'node:test';
import { expect } from 'chai';
import { contractTests } from '../contract/contract-tests.js';
import { openKernelLab } from './kernel.js';
import { kernelMissing } from './requirements.js';

/** `NETHERKIN_KERNEL=required` makes a machine that cannot run the kernel lab a failure: CI must not skip it silently. */
const missing = kernelMissing();

describe('the contract, on the real kernel', { concurrency: 2 }, () => {
  if (missing === undefined) contractTests(openKernelLab);
  else if (process.env['NETHERKIN_KERNEL'] === 'required') it('runs here', () => expect.fail(missing));
  else it('runs here', { skip: missing }, () => {});
});
