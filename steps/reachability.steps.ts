/** Who reaches whom, as a table. */
import type { DataTable } from '@cucumber/cucumber';
import { Then } from './dsl.js';
import { expectReachability } from './reachability.js';
import type { NetWorld } from './world.js';

Then('the reachability is:', reach);
Then('可达性是:/可达性是：', reach);

async function reach(this: NetWorld, table: DataTable): Promise<void> {
  await expectReachability(await this.network(), table.raw());
}
