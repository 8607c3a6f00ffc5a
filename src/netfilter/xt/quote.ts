/** A word as iptables-save writes it: quoted unless it is made of letters, digits, `_` and `-` (xtables_save_string). */
export function quote(text: string): string {
  return /^[A-Za-z0-9_-]+$/.test(text) ? text : `"${text.replace(/["\\']/g, '\\$&')}"`;
}
