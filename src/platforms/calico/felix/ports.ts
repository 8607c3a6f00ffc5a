/** Port lists and the 15 slots that one multiport match has (XT_MULTI_PORTS); a range takes two. */
const SLOTS = 15;

/** Splits `80`, `1024:2048` ... into groups that fit, in order. No port is one empty group: no condition. */
export function portGroups(ports: readonly string[]): string[][] {
  const groups: string[][] = [[]];
  let used = 0;
  for (const port of ports) {
    const slots = port.includes(':') ? 2 : 1;
    if (used + slots > SLOTS) {
      groups.push([]);
      used = 0;
    }
    groups.at(-1)!.push(port);
    used += slots;
  }
  return groups;
}
