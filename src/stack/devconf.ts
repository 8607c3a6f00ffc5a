/** Per-interface settings: net.ipv4.conf.DEV.* (struct ipv4_devconf) and net.ipv4.neigh.DEV.*. */

/** Every modelled setting of net.ipv4.conf with the kernel's default in a fresh namespace. */
export const CONF_DEFAULTS = {
  accept_local: 0,
  accept_redirects: 1,
  accept_source_route: 0,
  arp_announce: 0,
  arp_filter: 0,
  arp_ignore: 0,
  forwarding: 0,
  log_martians: 0,
  proxy_arp: 0,
  proxy_arp_pvlan: 0,
  route_localnet: 0,
  rp_filter: 0,
  secure_redirects: 1,
  send_redirects: 1,
  shared_media: 1,
  src_valid_mark: 0,
};

/** Every modelled setting of net.ipv4.neigh; times in the unit of the file: milliseconds for *_ms, else seconds or ticks. */
export const NEIGH_DEFAULTS = {
  base_reachable_time_ms: 30_000,
  delay_first_probe_time: 5,
  gc_stale_time: 60,
  mcast_solicit: 3,
  proxy_delay: 80,
  retrans_time_ms: 1000,
  ucast_solicit: 3,
};

export type Conf = { -readonly [Key in keyof typeof CONF_DEFAULTS]: number };
export type NeighConf = { -readonly [Key in keyof typeof NEIGH_DEFAULTS]: number };

/** The settings of all interfaces of a namespace; a new interface starts with a copy of `default` (inetdev_init). */
export class DevConfs {
  readonly all: Conf = { ...CONF_DEFAULTS };
  readonly default: Conf = { ...CONF_DEFAULTS };
  readonly neighDefault: NeighConf = { ...NEIGH_DEFAULTS };

  create(): { conf: Conf; neigh: NeighConf } {
    return { conf: { ...this.default }, neigh: { ...this.neighDefault } };
  }
}

/** IN_DEV_MAXCONF: the stricter of `all` and the interface. */
export function maxConf(all: Conf, conf: Conf, key: keyof Conf): number {
  return Math.max(all[key], conf[key]);
}

/** IN_DEV_ORCONF: on where either is on. */
export function orConf(all: Conf, conf: Conf, key: keyof Conf): boolean {
  return all[key] !== 0 || conf[key] !== 0;
}
