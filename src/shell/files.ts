/** The files that a script can name: /dev/null, /proc/sys of its namespace, and what scripts themselves have written. */
import type { Namespace } from '../stack/namespace.js';
import { NotSimulated } from './failures.js';
import { isLinuxSetting } from './linux-settings.js';
import { NOWHERE, type Sink } from './streams.js';

export const ENOENT = 'No such file or directory';
const EISDIR = 'Is a directory';
const EINVAL = 'Invalid argument';

export type Opened<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: string };

/** Files that scripts of one lab leave for each other. Every namespace sees the same ones, but for /proc/sys. */
export class Files {
  readonly #written = new Map<string, string>();

  read(ns: Namespace, path: string): Opened<string> {
    if (path === '/dev/null') return { ok: true, value: '' };
    const key = sysctlKey(path);
    if (key !== undefined) {
      const value = ns.sysctl.get(key);
      return value === undefined ? refuseSetting(ns, key) : { ok: true, value: `${value}\n` };
    }
    const text = this.#written.get(path);
    return text === undefined ? { ok: false, error: ENOENT } : { ok: true, value: text };
  }

  /** The files that a pattern of names matches, sorted: settings, and what scripts have written. */
  matching(ns: Namespace, pattern: string): string[] {
    const expression = new RegExp(`^${[...pattern].map(patternOf).join('')}$`);
    const settings = pattern.startsWith('/proc/sys/') ? ns.sysctl.keys().map(sysctlPath) : [];
    return [...settings, ...this.#written.keys()].filter((path) => expression.test(path)).sort();
  }

  /** Opens for writing: empties an ordinary file unless `append`. */
  open(ns: Namespace, path: string, append: boolean): Opened<Sink> {
    if (path === '/dev/null') return { ok: true, value: NOWHERE };
    const key = sysctlKey(path);
    if (key !== undefined) {
      if (ns.sysctl.get(key) === undefined) return refuseSetting(ns, key);
      return { ok: true, value: { write: (text) => (ns.sysctl.set(key, text) ? undefined : EINVAL) } };
    }
    if (path.endsWith('/')) return { ok: false, error: EISDIR };
    if (!append) this.#written.set(path, '');
    const write = (text: string) => {
      this.#written.set(path, (this.#written.get(path) ?? '') + text);
      return undefined;
    };
    return { ok: true, value: { write } };
  }
}

/** The names of the settings at or below a directory of /proc/sys, as `net.ipv4.conf.lo`. */
export function settingsBelow(ns: Namespace, directory: string): string[] {
  return ns.sysctl.keys().filter((key) => key.startsWith(`${directory}.`));
}

/** @throws NotSimulated for a setting of real hosts that the stack does not model */
export function refuseUnmodelled(ns: Namespace, key: string): void {
  if (ns.sysctl.get(key) !== undefined || !isLinuxSetting(key, (name) => ns.devices.has(name))) return;
  throw new NotSimulated(`the setting ${key} is not simulated; \`sysctl -a\` lists those that are`);
}

/** `net.ipv4.ip_forward` for its file; undefined for a file that is no setting. */
function sysctlKey(path: string): string | undefined {
  return path.startsWith('/proc/sys/')
    ? path.slice('/proc/sys/'.length).replace(/\/$/, '').replaceAll('/', '.')
    : undefined;
}

function refuseSetting(ns: Namespace, key: string): { ok: false; error: string } {
  refuseUnmodelled(ns, key);
  return { ok: false, error: settingsBelow(ns, key).length > 0 ? EISDIR : ENOENT };
}

/** `net.ipv4.conf.eth0.rp_filter` as its file. */
function sysctlPath(key: string): string {
  const [, family = '', device = '', name = ''] = /^(net\.ipv[46]\.(?:conf|neigh))\.(.+)\.([^.]+)$/.exec(key) ?? [];
  if (family === '') return `/proc/sys/${key.replaceAll('.', '/')}`;
  return `/proc/sys/${family.replaceAll('.', '/')}/${device}/${name}`;
}

function patternOf(character: string): string {
  if (character === '*') return '[^/]*';
  return character === '?' ? '[^/]' : character.replace(/[\\^$.|+()[\]{}]/, '\\$&');
}
