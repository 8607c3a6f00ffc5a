/**
 * The keys of a topology file and what may stand there. `topologies/topology.schema.json`, by which editors complete and
 * explain a topology, is written from this (`node scripts/schema.mjs`); the descriptions are its documentation.
 */
import { z } from 'zod';
import {
  isAddress,
  isCidr,
  isInterfaceAddress,
  isInterfaceName,
  isLabelName,
  isLabelValue,
  isListen,
  isName,
  isSysctl,
  isVersion,
} from './forms.js';
import { publishMistake } from './published-ports.js';

/** Text of a certain form. `what` completes "expected ..." and, after "is not", the sentence about a text of another form. */
function form(what: string, valid: (text: string) => boolean, description: string, examples: string[] = []) {
  return z
    .string({ error: `expected ${what}` })
    .refine(valid, { error: ({ input }) => `\`${input}\` is not ${what}` })
    .meta({ description, ...(examples.length > 0 && { examples }) });
}

const address = (description: string) =>
  form('an IPv4 address such as `172.16.91.225`', isAddress, description, ['172.16.91.225']);

const cidr = (description: string) =>
  form('a prefix such as `172.16.91.0/24`', isCidr, description, ['172.16.91.0/24']);

const interfaceAddress = (description: string) =>
  form('an address with its prefix length such as `172.16.91.225/24`', isInterfaceAddress, description);

const interfaceName = (description: string) =>
  form('an interface name (1 to 15 characters, no blank, no `/` and no `:`)', isInterfaceName, description);

const name = (description: string) =>
  form('a name (a letter first, then letters, digits, `-`, `_` and `.`, at most 63)', isName, description);

const version = (description: string, example: string) =>
  form(`a version in quotes such as "${example}"`, isVersion, description, [example]);

const text = (description: string) => z.string({ error: 'expected text' }).meta({ description });

const flag = (description: string) => z.boolean({ error: 'expected true or false' }).meta({ description });

function map<Value extends z.ZodType>(key: z.ZodType<string, string>, value: Value, description: string) {
  return z.record(key, value, { error: 'expected a mapping' }).meta({ description });
}

function keys<Shape extends z.ZodRawShape>(shape: Shape, description: string) {
  const error = ({ code }: { code: string }) => (code === 'invalid_type' ? 'expected a mapping' : undefined);
  return z.strictObject(shape, { error }).meta({ description });
}

function list<Item extends z.ZodType>(item: Item, description: string) {
  return z.array(item, { error: 'expected a list' }).meta({ description });
}

const listens = list(
  z.union([
    z
      .int({ error: 'expected a port from 1 to 65535' })
      .min(1, 'a port is 1 to 65535')
      .max(65535, 'a port is 1 to 65535'),
    form('a port such as `80/tcp` or `53/udp`', isListen, 'A port with its protocol.', ['80/tcp', '53/udp']),
  ]),
  'Ports that accept connections (tcp) or echo datagrams (udp): `80/tcp`, `53/udp`; a bare number is tcp.',
);

const lan = keys(
  {
    cidr: cidr('The prefix of the segment.'),
    gateway: address('A router to everything else. Without it nodes have no default route.').optional(),
  },
  'The physical network that the nodes share: one Ethernet segment.',
);

const node = keys(
  {
    address: address('Its address on the lan.').optional(),
    interface: interfaceName('Its interface on the lan. Default: ens33.').optional(),
    interfaces: map(
      interfaceName('Name of an interface.'),
      z.union([
        interfaceAddress('Its address, `172.16.91.225/24`.'),
        list(interfaceAddress('An address.'), 'Its addresses; the first is the primary one.'),
      ]),
      'All interfaces with their addresses, instead of `address` and `interface`. The first one is on the lan.',
    ).optional(),
    routes: list(
      text('`default via 172.16.91.2`, `10.0.1.2 dev veth0`'),
      'Routes as `ip route add` takes them. A default route of its own replaces the one via the gateway; a route over a device that `commands` make is added after them.',
    ).optional(),
    sysctls: map(
      form('a sysctl such as `net.ipv4.ip_forward`', isSysctl, 'Dotted name.', ['net.ipv4.ip_forward']),
      z.union([z.number({ error: 'expected a number' }), z.string({ error: 'expected text' })]),
      'Written after those of the platforms, in this order.',
    ).optional(),
    ipsets: text('Text of `ipset save`: a file (relative to this one) or inline.').optional(),
    iptables: text(
      'Text of `iptables-save` or `iptables -S`: a file (relative to this one) or inline. Replaces what platforms rendered, table by table.',
    ).optional(),
    commands: text('As typed in a shell on that node, after everything else.').optional(),
    listens: listens.optional(),
  },
  'A Linux host.',
);

const outsideHost = keys(
  { address: address('On the lan, or beyond the gateway.'), listens: listens.optional() },
  'A machine that is not a node.',
);

const on = list(name('Name of a node.'), 'The nodes that it runs on. Default: all.').optional();

const docker = keys(
  {
    version: version('The version of the Docker engine.', '18.06'),
    on,
    bip: z
      .union([
        interfaceAddress('Address and prefix of docker0 on every node.'),
        map(name('Name of a node.'), interfaceAddress('Address and prefix of docker0.'), 'By node.'),
      ])
      .meta({
        description: 'Address and prefix of docker0 (`--bip`), on every node or by node. Default: 172.17.0.1/16.',
      })
      .optional(),
    icc: flag('May containers of the default bridge talk to each other (`--icc`)? Default: true.').optional(),
    userlandProxy: flag(
      'Does docker-proxy take the connections to published ports that no rule leads on (`--userland-proxy`)? Default: true.',
    ).optional(),
  },
  'Docker, on every node unless it says `on`.',
);

const pool = keys(
  {
    cidr: cidr('The addresses of the pool.'),
    natOutgoing: flag('Are packets masqueraded that leave for an address in no pool? Default: false.').optional(),
    encapsulation: z
      .enum(['none', 'ipip', 'ipipCrossSubnet', 'vxlan', 'vxlanCrossSubnet'])
      .meta({ description: 'How packets travel between nodes. Default: none.' })
      .optional(),
  },
  'An IP pool.',
);

const calico = keys(
  {
    version: version("Felix's version.", '2.6.4'),
    on,
    pools: list(pool, 'The IP pools that workloads take their addresses from.'),
  },
  'Calico, on every node unless it says `on`.',
);

const network = keys(
  {
    driver: z.enum(['calico', 'bridge']).meta({ description: 'Who connects its containers.' }),
    subnet: cidr('For the bridge driver. Default: chosen as Docker does.').optional(),
    bridge: interfaceName('For the bridge driver: name of the bridge. Default: `br-` and 12 digits.').optional(),
    icc: flag('For the bridge driver: may its containers talk to each other? Default: true.').optional(),
    internal: flag(
      'For the bridge driver: is it cut off from everything else (`--internal`)? Default: false.',
    ).optional(),
    ipMasq: flag('For the bridge driver: is what leaves it masqueraded? Default: true.').optional(),
  },
  'A docker network.',
);

const workload = keys(
  {
    node: name('The node that it runs on.'),
    network: name("A network of `networks`, or `bridge` for Docker's own. Default: the first one.").optional(),
    namespace: name('Its Kubernetes namespace.').optional(),
    address: address('Default: the one that IPAM gives.').optional(),
    interface: interfaceName("The node's end of its cable. Default: named as the real program does.").optional(),
    labels: map(
      form('a label name such as `app`', isLabelName, 'Label name.', ['app']),
      form(
        'a label value (at most 63 letters, digits, `-`, `_`, `.`; numbers in quotes)',
        isLabelValue,
        'Label value.',
      ),
      'Labels, by which policies select it.',
    ).optional(),
    listens: listens.optional(),
    publish: list(
      z
        .string({ error: 'expected a published port such as `8080:80`' })
        .refine((text) => publishMistake(text) === undefined, { error: ({ input }) => publishMistake(String(input)) })
        .meta({
          description: 'A port of the node and the port of the container that it leads to.',
          examples: ['8080:80', '127.0.0.1:8443:443/tcp', '53:53/udp'],
        }),
      'Ports of its node that lead to it, as for `docker run -p`: `HOSTPORT:PORT`, `HOSTADDRESS:HOSTPORT:PORT/PROTOCOL`.',
    ).optional(),
  },
  'A container or pod that is always there.',
);

export const topologySchema = keys(
  {
    description: text('What the topology shows, for people.').optional(),
    lan: z
      .union([
        lan,
        map(name('Name of the lan.'), lan, 'Several lans by name; a station is on the one that holds its address.'),
      ])
      .meta({ description: 'The physical network that the nodes share; several: a map of names.' })
      .optional(),
    nodes: map(
      name('Name of the node.'),
      z.union([address('Short form: its address on the lan; its interface is ens33.'), node]),
      'The hosts, by name.',
    ),
    outside: map(
      name('Name of the machine.'),
      z.union([address('Short form: its address, on the lan or beyond the gateway.'), outsideHost]),
      'Machines that are not nodes, by name.',
    ).optional(),
    docker: docker.optional(),
    calico: calico.optional(),
    kubernetes: z.looseObject({}).meta({ description: 'Kubernetes with its kube-proxy. Not modelled yet.' }).optional(),
    networks: map(
      name('Name of the network.'),
      network,
      'Docker networks by name; the first one is the default for workloads.',
    ).optional(),
    workloads: map(
      name('Name of the workload.'),
      workload,
      'Containers or pods that are always there, in the order in which they are started; scenarios add theirs.',
    ).optional(),
    manifests: z
      .array(z.unknown())
      .meta({ description: 'Kubernetes or Calico objects, files or inline. Not modelled yet.' })
      .optional(),
  },
  'A network of hosts and containers, as Netherkin builds it.',
).meta({ title: 'Netherkin topology' });

/** A topology as a person wrote it. */
export type WrittenTopology = z.infer<typeof topologySchema>;
