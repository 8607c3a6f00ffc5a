/** Extensions that the engine knows and no case has, each with the reason. */
export const NOT_GENERATED: Readonly<Record<string, string>> = {
  u32: 'reads octets of the packet, which the engine answers with undetermined',
  TCPMSS: 'changes TCP options, which packets of the engine do not have',
};
