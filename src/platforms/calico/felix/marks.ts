/** The bits of the packet mark that Felix uses, taken from IptablesMarkMask lowest first (felix dataplane/driver.go). */
export interface Marks {
  /** Policy has accepted the packet. */
  readonly accept: number;
  /** Policy has passed it on to the profiles. */
  readonly pass: number;
  /** In raw: it comes from a workload. In a policy's rules: all blocks of the rule match so far. */
  readonly scratch0: number;
  /** In a policy's rules: this block matches. */
  readonly scratch1: number;
}

/** @throws RangeError where the mask has fewer than four bits, with which Felix does not start */
export function allocateMarks(mask: number): Marks {
  const bits: number[] = [];
  for (let bit = 0; bit < 32; bit++) if ((mask >>> bit) & 1) bits.push(2 ** bit);
  const [accept, pass, scratch0, scratch1] = bits;
  if (scratch1 === undefined) throw new RangeError(`IptablesMarkMask ${hexMark(mask)} has fewer than four bits`);
  return { accept: accept!, pass: pass!, scratch0: scratch0!, scratch1 };
}

export function allMarks({ accept, pass, scratch0, scratch1 }: Marks): number {
  return accept + pass + scratch0 + scratch1;
}

/** A mark as Felix writes it: `0x1000000`. */
export function hexMark(mark: number): string {
  return `0x${mark.toString(16)}`;
}
