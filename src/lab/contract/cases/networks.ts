/** The networks that most cases are about. */
import type { Blueprint } from '../../../blueprint/blueprint.js';
import { type NamespaceWords, network } from '../network.js';

/** Two hosts on one cable: a is 10.0.1.2, b is 10.0.1.3. */
export function pair(b: NamespaceWords = {}, a: NamespaceWords = {}): Blueprint {
  return network(['a eth0 10.0.1.2/24 = b eth0 10.0.1.3/24'], { a, b });
}

/** a (10.0.1.2) and b (10.0.2.2) with a router between them. b listens on tcp 80 and udp 53. */
export function routed(r: NamespaceWords = {}, b: NamespaceWords = {}, a: NamespaceWords = {}): Blueprint {
  return network(['a eth0 10.0.1.2/24 = r ra 10.0.1.1/24', 'r rb 10.0.2.1/24 = b eth0 10.0.2.2/24'], {
    a: { routes: ['default via 10.0.1.1'], ...a },
    r: { ...r, sysctls: ['net.ipv4.ip_forward=1', ...(r.sysctls ?? [])] },
    b: { routes: ['default via 10.0.2.1'], listens: ['tcp 80', 'udp 53'], ...b },
  });
}

/** A Docker host h: containers c1 (172.17.0.2) and c2 (172.17.0.3) on docker0, ens33 to the client x (10.0.2.2). c2 listens. */
export function docker(h: NamespaceWords = {}, hairpin = ''): Blueprint {
  return network(
    [
      `c1 eth0 172.17.0.2/16 = h veth1 in docker0 ${hairpin}`,
      `c2 eth0 172.17.0.3/16 = h veth2 in docker0 ${hairpin}`,
      'x eth0 10.0.2.2/24 = h ens33 10.0.2.1/24',
    ],
    {
      c1: { kind: 'workload', routes: ['default via 172.17.0.1'], listens: ['tcp 80'] },
      c2: { kind: 'workload', routes: ['default via 172.17.0.1'], listens: ['tcp 80', 'udp 53'] },
      x: { kind: 'outside', routes: ['172.17.0.0/16 via 10.0.2.1'], listens: ['tcp 80'] },
      h: { bridges: ['docker0 172.17.0.1/16'], ...h, sysctls: ['net.ipv4.ip_forward=1', ...(h.sysctls ?? [])] },
    },
  );
}

/** A Calico node n: containers w1 (10.9.0.1) and w2 (10.9.0.2) behind address-less devices, ens33 to x (10.0.2.2). */
export function calico(n: NamespaceWords = {}, before: readonly string[] = []): Blueprint {
  return network(
    [
      ...before,
      'x eth0 10.0.2.2/24 = n ens33 10.0.2.1/24',
      'w1 eth0 10.9.0.1/32 = n cali1',
      'w2 eth0 10.9.0.2/32 = n cali2',
    ],
    {
      w1: { kind: 'workload', routes: ['169.254.1.1 dev eth0 scope link', 'default via 169.254.1.1 dev eth0'] },
      w2: {
        kind: 'workload',
        routes: ['169.254.1.1 dev eth0 scope link', 'default via 169.254.1.1 dev eth0'],
        listens: ['tcp 80'],
      },
      x: { kind: 'outside', routes: ['10.9.0.0/24 via 10.0.2.1'] },
      n: {
        routes: ['default via 10.0.2.2', '10.9.0.1 dev cali1 scope link', '10.9.0.2 dev cali2 scope link'],
        ...n,
        sysctls: [
          'net.ipv4.ip_forward=1',
          'net.ipv4.conf.cali1.proxy_arp=1',
          'net.ipv4.conf.cali2.proxy_arp=1',
          ...(n.sysctls ?? []),
        ],
      },
    },
  );
}
