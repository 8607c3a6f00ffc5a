/** The sysctls of a namespace that the stack obeys, under their dotted names. */

import { CONF_DEFAULTS, type Conf, DevConfs, NEIGH_DEFAULTS, type NeighConf } from './devconf.js';
import type { Device } from './device.js';

/** Settings that belong to no interface, with the kernel's defaults. */
const GLOBAL_DEFAULTS = {
  'net.bridge.bridge-nf-call-iptables': 0,
  'net.ipv4.fwmark_reflect': 0,
  'net.ipv4.icmp_echo_ignore_all': 0,
  'net.ipv4.icmp_errors_use_inbound_ifaddr': 0,
  'net.ipv4.icmp_ratelimit': 1000,
  'net.ipv4.icmp_ratemask': 6168,
  'net.ipv4.ip_default_ttl': 64,
  'net.ipv4.ip_forward': 0,
  'net.ipv4.ip_nonlocal_bind': 0,
  'net.ipv4.tcp_syn_retries': 6,
  'net.ipv4.tcp_synack_retries': 5,
};

type GlobalKey = keyof typeof GLOBAL_DEFAULTS;

export class Sysctls {
  readonly confs = new DevConfs();
  readonly #globals: Record<GlobalKey, number> = { ...GLOBAL_DEFAULTS };

  constructor(private readonly devices: ReadonlyMap<string, Device>) {}

  /** A setting that belongs to no interface. */
  global(key: GlobalKey): number {
    return this.#globals[key];
  }

  /** The value as `sysctl -n` prints it; undefined where there is no such file, or it is not modelled. */
  get(key: string): string | undefined {
    const place = this.#locate(key);
    return place && String(place.values[place.key]);
  }

  /** Writes a value. False where there is no such file, it is not modelled, or the value is not a whole number. */
  set(key: string, value: string): boolean {
    const place = this.#locate(key);
    if (!place || !/^-?[0-9]+$/.test(value.trim())) return false;
    const number = Number(value);
    place.values[place.key] = number;
    if (key === 'net.ipv4.ip_forward' || key === 'net.ipv4.conf.all.forwarding') this.#forwardingChanged(number);
    return true;
  }

  /** All modelled keys in the order of `sysctl -a`. */
  keys(): string[] {
    const scopes = ['all', 'default', ...this.devices.keys()];
    return [
      ...Object.keys(GLOBAL_DEFAULTS),
      ...scopes.flatMap((scope) => Object.keys(CONF_DEFAULTS).map((key) => `net.ipv4.conf.${scope}.${key}`)),
      ...scopes.slice(1).flatMap((scope) => Object.keys(NEIGH_DEFAULTS).map((key) => `net.ipv4.neigh.${scope}.${key}`)),
    ].sort();
  }

  /**
   * inet_forward_change(): ip_forward is the same file as conf.all.forwarding; writing it overwrites `default` and every
   * interface, and turns conf.all.accept_redirects to the opposite.
   */
  #forwardingChanged(value: number): void {
    this.#globals['net.ipv4.ip_forward'] = value;
    this.confs.all.forwarding = value;
    this.confs.all.accept_redirects = value === 0 ? 1 : 0;
    this.confs.default.forwarding = value;
    for (const device of this.devices.values()) device.conf.forwarding = value;
  }

  #locate(key: string): { values: Record<string, number>; key: string } | undefined {
    if (key in this.#globals) return { values: this.#globals, key };
    const parsed = /^net\.ipv4\.(conf|neigh)\.(.+)\.([a-z0-9_]+)$/.exec(key);
    if (!parsed) return undefined;
    const [, family, scope, leaf] = parsed as unknown as [string, 'conf' | 'neigh', string, string];
    const values: Record<string, number> | undefined = family === 'conf' ? this.#conf(scope) : this.#neigh(scope);
    return values && leaf in values ? { values, key: leaf } : undefined;
  }

  #conf(scope: string): Conf | undefined {
    if (scope === 'all') return this.confs.all;
    return scope === 'default' ? this.confs.default : this.devices.get(scope)?.conf;
  }

  #neigh(scope: string): NeighConf | undefined {
    return scope === 'default' ? this.confs.neighDefault : this.devices.get(scope)?.neigh;
  }
}
