/** The way of a packet: claims about it, its path row by row, and the kernel's TRACE of it. */
import type { DataTable } from '@cucumber/cucumber';
import type { Subject } from '../src/journey/questions/moments.js';
import type { TableName } from '../src/netfilter/hooks.js';
import { Then } from './dsl.js';
import { expectClaims, expectPath, expectTrace } from './expectations.js';
import type { NetWorld } from './world.js';

Then('{subject} {claims}', function (subject, text) {
  return expectClaims(this, subject, text, 'en');
});
Then('{zhSubject}{zhClaims}', function (subject, text) {
  return expectClaims(this, subject, text, 'zh');
});

Then('{subject} takes the path:', path);
Then('{zhSubject}走过的路径:/走过的路径：', path);

Then('{subject} is traced on {node} as:', trace);
Then('{zhSubject}在 {node} 上的 TRACE:/TRACE：', trace);

Then('{subject} is traced in {tables} on {node} as:', traceIn);
Then('{zhSubject}在 {node} 上 {tables} 表的 TRACE:/TRACE：', function (subject, node, tables, text: string) {
  return traceIn.call(this, subject, tables, node, text);
});

function path(this: NetWorld, subject: Subject, table: DataTable): Promise<void> {
  return expectPath(this, subject, table.raw());
}

function trace(this: NetWorld, subject: Subject, node: string, text: string): Promise<void> {
  return expectTrace(this, subject, node, undefined, text);
}

function traceIn(
  this: NetWorld,
  subject: Subject,
  tables: readonly TableName[],
  node: string,
  text: string,
): Promise<void> {
  return expectTrace(this, subject, node, tables, text);
}
