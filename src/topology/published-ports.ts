/** `publish:`, in the short spelling of `docker run -p`: `8080:80`, `127.0.0.1:8443:443/tcp`, `53:53/udp`. */
import { didYouMean } from '../net/did-you-mean.js';
import { parseIpv4 } from '../net/ipv4.js';
import type { PublishedPort } from '../platforms/cluster.js';

const PROTOCOLS = ['tcp', 'udp'];
const LAST_PORT = 65535;
const EXAMPLE = 'a published port such as `8080:80` or `127.0.0.1:8443:443/tcp`';

/** What is wrong with a text; undefined where nothing is. */
export function publishMistake(text: string): string | undefined {
  const { host, outer, inner, protocol } = split(text) ?? {};
  if (inner === undefined || protocol === undefined) return `\`${text}\` is not ${EXAMPLE}`;
  if (!PROTOCOLS.includes(protocol)) {
    return `${text}: \`${protocol}\` cannot be published; ports are tcp or udp${didYouMean(protocol, PROTOCOLS)}`;
  }
  if (!outer)
    return `${text}: the port of the node is missing, and Docker would draw one; say which, as in \`8080:80\``;
  if (/-/.test(outer + inner)) return `${text}: ranges are not modelled; publish each port by itself`;
  const bad = [outer, inner].find((port) => !isPort(port));
  if (bad !== undefined) return `${text}: \`${bad}\` is not a port; ports are 1 to ${LAST_PORT}`;
  if (host !== undefined && parseIpv4(host) === undefined) return `${text}: \`${host}\` is not an IPv4 address`;
  return undefined;
}

/** Reads what has no mistake; a hole where the schema found one. */
export function readPublished(written: readonly (string | undefined)[]): PublishedPort[] {
  return written.flatMap((text) => {
    if (text === undefined) return [];
    const { host, outer, inner, protocol } = split(text)!;
    const hostAddress = host === '0.0.0.0' ? undefined : host;
    return [
      { hostAddress, hostPort: Number(outer), port: Number(inner), protocol: protocol as PublishedPort['protocol'] },
    ];
  });
}

/** `[[HOST:]OUTER:]INNER[/PROTOCOL]`, whatever the parts are. */
function split(text: string) {
  const [, host, outer, inner, protocol = 'tcp'] =
    /^(?:(?:([^:/]+):)?([^:/]*):)?([^:/]+)(?:\/([^:/]+))?$/.exec(text) ?? [];
  return inner === undefined ? undefined : { host, outer, inner, protocol };
}

function isPort(text: string): boolean {
  return /^[1-9][0-9]{0,4}$/.test(text) && Number(text) <= LAST_PORT;
}
