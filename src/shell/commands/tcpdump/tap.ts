/** What a packet socket sees of a namespace (net/packet): each frame that a device is handed or hands up. */
import type { Frame } from '../../../net/packet.js';
import type { Namespace } from '../../../stack/namespace.js';
import type { Network } from '../../network.js';

export type Sees = (device: string, direction: 'In' | 'Out' | 'B', frame: Frame) => void;

const BROADCAST = 'ff:ff:ff:ff:ff:ff';
const NO_MAC = '00:00:00:00:00:00';

/** Calls `sees` for every frame on the devices that there are now. Returns how to stop. */
export function tap(ns: Namespace, network: Network, sees: Sees): () => void {
  let open = true;
  let current: Frame | undefined;
  const receive = ns.receive;
  ns.receive = (device, frame) => {
    if (open && device.up) {
      sees(device.name, frame.dstMac === BROADCAST ? 'B' : 'In', frame);
      // Who listens at a bridge makes it promiscuous: it takes whatever comes in by a port. Of IPv4 `bridged` tells.
      const bridge = device.master;
      if (bridge?.up && frame.kind === 'arp') sees(bridge.name, 'In', frame);
    }
    current = frame;
    receive.call(ns, device, frame);
  };
  for (const device of ns.devices.values()) {
    const { transmit } = device;
    device.transmit = (frame) => {
      if (open && device.operational) sees(device.name, 'Out', frame);
      transmit.call(device, frame);
    };
  }
  const unwatch = network.watch((event) => {
    if (event.namespace !== ns.name) return;
    if (event.type === 'received' && event.device === 'lo')
      sees('lo', 'In', ipv4(NO_MAC, NO_MAC, event.serial, event.packet));
    if (event.type === 'bridged' && ns.devices.get(event.bridge)?.up)
      sees(event.bridge, 'In', ipv4(current?.srcMac ?? NO_MAC, current?.dstMac ?? NO_MAC, event.serial, event.packet));
  });
  return () => {
    open = false;
    unwatch();
  };
}

function ipv4(
  srcMac: string,
  dstMac: string,
  serial: number,
  packet: Extract<Frame, { kind: 'ipv4' }>['packet'],
): Frame {
  return { kind: 'ipv4', srcMac, dstMac, serial, packet };
}
