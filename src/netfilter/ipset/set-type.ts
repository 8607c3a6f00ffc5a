/** The set types of ipset 7.17: what an element consists of. */

export type Dimension = 'ip' | 'net' | 'port' | 'iface' | 'mac' | 'mark';

export interface SetType {
  readonly name: string;
  readonly storage: 'hash' | 'bitmap' | 'list';
  readonly dimensions: readonly Dimension[];
  /** As `ipset list` prints it for the newest kernels. */
  readonly revision: number;
}

function hash(revision: number, ...dimensions: Dimension[]): SetType {
  return { name: `hash:${dimensions.join()}`, storage: 'hash', dimensions, revision };
}

function bitmap(revision: number, dimension: Dimension): SetType {
  return { name: `bitmap:${dimension}`, storage: 'bitmap', dimensions: [dimension], revision };
}

const TYPES: readonly SetType[] = [
  hash(6, 'ip'),
  hash(7, 'net'),
  hash(7, 'ip', 'port'),
  hash(8, 'net', 'port'),
  hash(6, 'ip', 'port', 'ip'),
  hash(8, 'ip', 'port', 'net'),
  hash(4, 'net', 'net'),
  hash(4, 'net', 'port', 'net'),
  hash(8, 'net', 'iface'),
  hash(1, 'mac'),
  hash(1, 'ip', 'mac'),
  hash(3, 'ip', 'mark'),
  bitmap(3, 'ip'),
  bitmap(3, 'port'),
  { name: 'list:set', storage: 'list', dimensions: [], revision: 3 },
];

const BY_NAME: ReadonlyMap<string, SetType> = new Map(TYPES.map((type) => [type.name, type]));

export function setType(name: string): SetType | undefined {
  return BY_NAME.get(name);
}

export function setTypeNames(): Iterable<string> {
  return BY_NAME.keys();
}
