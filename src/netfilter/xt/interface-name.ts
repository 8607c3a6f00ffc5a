/** Interface names in rules: a trailing `+` stands for any ending (xtables_parse_interface). */

/** IFNAMSIZ without its final zero. */
export const LONGEST_INTERFACE_NAME = 15;

/** Does the device's name fit the pattern? `eth0` fits `eth0`, `eth+` and `+`. */
export function interfaceMatches(pattern: string, device: string): boolean {
  return pattern.endsWith('+') ? device.startsWith(pattern.slice(0, -1)) : device === pattern;
}
