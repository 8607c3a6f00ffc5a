/**
 * Lets time pass for connection tracking, which is what a scenario waits for: every entry loses the seconds from its
 * timeout, and those that have no more are gone (ctnetlink). Nothing else of the kernel can be told that time has passed.
 */
import {
  attribute,
  message,
  NETLINK_NETFILTER,
  NLM_F_ACK,
  NLM_F_DUMP,
  nested,
  netfilterHeader,
  netU32,
  readAttributes,
  readMessages,
} from './netlink.js';
import type { Place } from './place.js';
import type { World } from './world.js';

const AF_INET = 2;
const NFNL_SUBSYS_CTNETLINK = 1;
const [CT_NEW, CT_GET, CT_DELETE] = [0, 1, 2].map((operation) => (NFNL_SUBSYS_CTNETLINK << 8) | operation) as [
  number,
  number,
  number,
];
const CTA_TUPLE_ORIG = 1;
const CTA_TIMEOUT = 7;
const NFGENMSG = 4;

/** Real time is spent up to here: then every timer of the kernel has its due. */
const BEARABLE = 2_000;

/** Rejects with one sentence where rules are in force that only real time moves. */
export async function letPass(world: World, milliseconds: number): Promise<void> {
  if (milliseconds <= BEARABLE) return new Promise((wake) => setTimeout(wake, milliseconds));
  await world.refresh();
  const places = [...world.places];
  for (const { name, rules } of places) {
    const rule = rules?.timed();
    if (rule !== undefined)
      throw new Error(`the real kernel's clock cannot be moved, and \`${rule.text}\` on ${name} waits for it`);
  }
  await Promise.all(places.map((place) => age(world, place, Math.round(milliseconds / 1000))));
}

async function age(world: World, place: Place, seconds: number): Promise<void> {
  const header = netfilterHeader(AF_INET, 0);
  const listed = await world.netlink(place, NETLINK_NETFILTER, message(CT_GET, NLM_F_DUMP, header));
  const changes = readMessages(listed).flatMap(({ type, body }) => {
    const attributes = readAttributes(body, NFGENMSG);
    const tuple = attributes.get(CTA_TUPLE_ORIG);
    const timeout = attributes.get(CTA_TIMEOUT)?.readUInt32BE(0);
    if (type !== CT_NEW || tuple === undefined || timeout === undefined) return [];
    const entry = nested(CTA_TUPLE_ORIG, tuple);
    if (timeout <= seconds) return [message(CT_DELETE, NLM_F_ACK, header, entry)];
    return [message(CT_NEW, NLM_F_ACK, header, entry, attribute(CTA_TIMEOUT, netU32(timeout - seconds)))];
  });
  for (const change of changes) await world.netlink(place, NETLINK_NETFILTER, change);
}
