/** Ethernet addresses (IEEE 802) as the kernel prints them: six lower-case octets, `02:42:ac:11:00:02`. */
export type Mac = string;

export const BROADCAST_MAC: Mac = 'ff:ff:ff:ff:ff:ff';
export const ZERO_MAC: Mac = '00:00:00:00:00:00';

export function parseMac(text: string): Mac | undefined {
  return /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i.test(text) ? text.toLowerCase() : undefined;
}

/** The Ethernet address of an IPv4 multicast group (RFC 1112, 6.4). */
export function multicastMac(group: number): Mac {
  const octets = [0x01, 0x00, 0x5e, (group >>> 16) & 0x7f, (group >>> 8) & 0xff, group & 0xff];
  return octets.map((octet) => octet.toString(16).padStart(2, '0')).join(':');
}

/** A locally administered unicast address made from a number: deterministic, and unlike for unlike numbers below 2^40. */
export function localMac(number: number): Mac {
  const low = number >>> 0;
  const octets = [
    0x02,
    Math.floor(number / 2 ** 32) & 255,
    low >>> 24,
    (low >>> 16) & 255,
    (low >>> 8) & 255,
    low & 255,
  ];
  return octets.map((octet) => octet.toString(16).padStart(2, '0')).join(':');
}
