/** The physical network of a topology: a switch for each lan, the gateway, and the machines that are not nodes. */
import type { EndpointPlan, LinkPlan, NamespacePlan, RoutePlan, VethPlan } from '../blueprint/blueprint.js';
import { emptyNamespace } from '../blueprint/empty-namespace.js';
import { prefix } from '../net/ipv4.js';
import { isInterfaceName } from './forms.js';
import { GATEWAY, type Lan, type OutsideHost, type Topology } from './topology.js';

const BRIDGE = 'br0';

/** Switches and routers in the making: stations are plugged in one after the other. */
export class PhysicalNetwork {
  readonly #ports = new Map<string, VethPlan[]>();
  readonly #gateway: NamespacePlan | undefined;
  readonly #outside: readonly NamespacePlan[];
  readonly endpoints: Record<string, EndpointPlan> = {};

  constructor(private readonly topology: Topology) {
    for (const { name } of topology.lans) this.#ports.set(name, []);
    const beyond = topology.outside.filter(({ lan }) => lan === undefined);
    this.#gateway = this.#makeGateway(beyond);
    this.#outside = topology.outside.map((host) => this.#makeHost(host, beyond));
  }

  /** Cables an interface to its lan's switch and returns the interface. */
  plug(lan: string, namespace: string, name: string, addresses: readonly string[]): VethPlan {
    const ports = this.#ports.get(lan)!;
    const taken = ports.some((port) => port.name === namespace) || ['lo', BRIDGE].includes(namespace);
    const port = isInterfaceName(namespace) && !taken ? namespace : `port${ports.length + 1}`;
    ports.push(veth(port, [], { namespace, link: name }, BRIDGE));
    return veth(name, addresses, { namespace: lan, link: port });
  }

  /** The address by which stations on a lan reach everything else. */
  gatewayOf(lan: string): string | undefined {
    return this.topology.lans.find(({ name }) => name === lan)?.gateway;
  }

  namespaces(): NamespacePlan[] {
    const switches = this.topology.lans.map(({ name }) => {
      const bridge: LinkPlan = { kind: 'bridge', name: BRIDGE, up: true, addresses: [] };
      return emptyNamespace(name, 'switch', [bridge, ...this.#ports.get(name)!]);
    });
    return [...switches, ...(this.#gateway ? [this.#gateway] : []), ...this.#outside];
  }

  /** It forwards between its lans and the hosts beyond; of container networks it knows nothing, as a real one. */
  #makeGateway(beyond: readonly OutsideHost[]): NamespacePlan | undefined {
    const lans = this.topology.lans.filter((lan): lan is Lan & { gateway: string } => lan.gateway !== undefined);
    if (lans.length === 0) return undefined;
    const inside = lans.map(({ name, cidr, gateway }, index) =>
      this.plug(name, GATEWAY, `eth${index}`, [`${gateway}/${prefix(cidr).length}`]),
    );
    const cables = beyond.map(({ name }, index) =>
      veth(`eth${lans.length + index}`, [], { namespace: name, link: 'eth0' }),
    );
    const routes = beyond.map(({ address }, index): RoutePlan => ({ to: address, dev: cables[index]!.name }));
    this.endpoints[GATEWAY] = { kind: 'outside', namespace: GATEWAY, address: lans[0]!.gateway };
    return {
      ...emptyNamespace(GATEWAY, 'router', [...inside, ...cables]),
      routes,
      sysctls: [['net.ipv4.ip_forward', '1']],
    };
  }

  #makeHost({ name, address, lan, listens }: OutsideHost, beyond: readonly OutsideHost[]): NamespacePlan {
    this.endpoints[name] = { kind: 'outside', namespace: name, address };
    const { link, routes } =
      lan === undefined ? this.#farHost(name, address, beyond) : this.#nearHost(name, address, lan);
    return { ...emptyNamespace(name, 'outside', [link]), routes, listens };
  }

  #nearHost(name: string, address: string, lan: string) {
    const { cidr } = this.topology.lans.find((each) => each.name === lan)!;
    const link = this.plug(lan, name, 'eth0', [`${address}/${prefix(cidr).length}`]);
    const via = this.gatewayOf(lan);
    return { link, routes: via === undefined ? [] : [{ to: 'default', via, dev: 'eth0' }] };
  }

  /** Alone on a cable to the gateway: it needs no prefix of its own, its way back is on-link. */
  #farHost(name: string, address: string, beyond: readonly OutsideHost[]) {
    const routed = this.topology.lans.filter(({ gateway }) => gateway !== undefined);
    const far = `eth${routed.length + beyond.findIndex((host) => host.name === name)}`;
    const link = veth('eth0', [`${address}/32`], { namespace: GATEWAY, link: far });
    return { link, routes: [{ to: 'default', via: routed[0]!.gateway!, dev: 'eth0', onlink: true }] };
  }
}

export function veth(name: string, addresses: readonly string[], peer: VethPlan['peer'], master?: string): VethPlan {
  return { kind: 'veth', name, up: true, addresses, peer, ...(master !== undefined && { master }) };
}
