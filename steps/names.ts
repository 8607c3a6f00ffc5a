/** Puts what names stand for into text that was copied from a real system. */

import { withInterfaces } from '../src/journey/claims/chain-names.js';
import { formatIpv4 } from '../src/net/ipv4.js';
import type { OpenNetwork } from './network.js';

/** `<web1>` becomes the interface of web1, `src=web1` and `DST=web1` the address of web1. Unknown words stay. */
export async function withNames(text: string, network: OpenNetwork): Promise<string> {
  const plain = withInterfaces(text, network);
  const named = [...plain.matchAll(/\b(?:src|dst)=([A-Za-z][\w.-]*)/gi)].map(([, name]) => name!);
  const addresses = new Map<string, string>();
  for (const name of named) {
    const [address] = await network.addressesOf(name);
    if (address !== undefined) addresses.set(name, formatIpv4(address));
  }
  return plain.replace(/\b(src|dst)=([A-Za-z][\w.-]*)/gi, (whole, key: string, name: string) => {
    const address = addresses.get(name);
    return address === undefined ? whole : `${key}=${address}`;
  });
}
