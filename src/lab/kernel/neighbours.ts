/** Whether a namespace still waits for a neighbour to answer, as rtnetlink lists them (RTM_GETNEIGH). */
import { message, NLM_F_DUMP, readHostU16, readMessages } from './netlink.js';

const RTM_NEWNEIGH = 28;
const RTM_GETNEIGH = 30;
const NDMSG = 12;
const NUD_INCOMPLETE = 0x01;
const AF_INET = 2;

export const LIST_NEIGHBOURS: Buffer = message(
  RTM_GETNEIGH,
  NLM_F_DUMP,
  Buffer.from([AF_INET]),
  Buffer.alloc(NDMSG - 1),
);

export function waitsForNeighbour(bytes: Buffer): boolean {
  return readMessages(bytes).some(
    ({ type, body }) => type === RTM_NEWNEIGH && (readHostU16(body, 8) & NUD_INCOMPLETE) !== 0,
  );
}
