/** `lan:`, the segments that stations are plugged into. */
import { broadcastOf, contains, formatIpv4, ipv4, overlaps, prefix } from '../net/ipv4.js';
import { type Path, spell } from './path.js';
import type { Reader } from './reader.js';
import { GATEWAY, type Lan } from './topology.js';

type WrittenLan = { cidr?: string | undefined; gateway?: string | undefined };

export class Lans {
  readonly all: Lan[] = [];

  constructor(
    private readonly reader: Reader,
    written: object | undefined,
  ) {
    const isSingle = written !== undefined && ('cidr' in written || 'gateway' in written);
    const lans = isSingle ? { lan: written } : ((written ?? {}) as Record<string, WrittenLan>);
    const entries = Object.entries(lans).map(([name, lan]): [string, WrittenLan, Path] => {
      return [name, lan, isSingle ? ['lan'] : ['lan', name]];
    });
    for (const [name, lan, path] of entries) this.#declare(name, lan, path);
    const routed = entries.find(([, { gateway }]) => gateway !== undefined);
    if (routed) reader.takeName(GATEWAY, 'the router of the lan', routed[2]);
  }

  /** Is there a router? */
  get isRouted(): boolean {
    return this.all.some(({ gateway }) => gateway !== undefined);
  }

  /** The lan that holds an address; undefined where none does. */
  holding(address: string): Lan | undefined {
    return this.all.find(({ cidr }) => contains(prefix(cidr), ipv4(address)));
  }

  /** The lan of an interface's prefix, made where nobody declared one. */
  wire(cidr: string, path: Path): Lan {
    const known = this.all.find((lan) => lan.cidr === cidr);
    if (known) return known;
    const lan = { name: cidr.replace('/', '-'), cidr, gateway: undefined };
    this.reader.takeName(lan.name, 'a lan', path);
    this.all.push(lan);
    return lan;
  }

  /** Complains about an address that no station on the lan can have. */
  checkStation(address: string, lan: Lan, path: Path): void {
    const block = prefix(lan.cidr);
    if (block.length > 30) return;
    const isNetwork = ipv4(address) === block.address;
    if (!isNetwork && ipv4(address) !== broadcastOf(block)) return;
    this.reader.say(
      path,
      `${spell(path)}: ${address} is the ${isNetwork ? 'network' : 'broadcast'} address of ${lan.cidr}`,
    );
  }

  #declare(name: string, { cidr, gateway }: WrittenLan, path: Path): void {
    if (cidr === undefined) return;
    const lan = { name, cidr, gateway };
    this.reader.takeName(name, 'a lan', path);
    for (const other of this.all) {
      if (overlaps(prefix(other.cidr), prefix(cidr))) {
        this.reader.say(
          [...path, 'cidr'],
          `${spell(path)}.cidr: ${cidr} overlaps with ${other.cidr} of lan \`${other.name}\``,
        );
      }
    }
    this.all.push(lan);
    if (gateway === undefined) return;
    const at = [...path, 'gateway'];
    if (!contains(prefix(cidr), ipv4(gateway)))
      this.reader.say(at, `${spell(at)}: ${formatIpv4(ipv4(gateway))} is outside ${cidr}`);
    else this.checkStation(gateway, lan, at);
    this.reader.takeAddress(gateway, at);
  }
}
