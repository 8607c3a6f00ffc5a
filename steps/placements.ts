/** Reads which workloads run where: `web1 on master and web9 in net2 on slave1 with label app=web`. */
import type { Placement } from '../src/topology/scenario.js';
import { Mistake } from './mistake.js';

export type { Placement };

const ONE = /^(?<name>\S+)(?: in (?<network>\S+))? on (?<node>\S+?)(?: with labels? (?<labels>.+))?$/;

/** Placements, joined by commas and `and`. */
export function readPlacements(text: string): Placement[] {
  return text.split(/,? and (?=\S+ (?:in|on) )|, (?=\S+ (?:in|on) )/).map((part) => {
    const { name, node, network, labels } = ONE.exec(part.trim())?.groups ?? {};
    if (name === undefined || node === undefined) {
      throw new Mistake(
        `\`${part}\` places nothing; write it like \`web1 on master\` or \`web9 in net2 on slave1 with label app=web\``,
      );
    }
    return placement(name, node, network, labels?.split(/,\s*| and /));
  });
}

const ZH_NODE = /^(?<node>\S+?)\s*上有\s*(?<rest>.+)$/u;
const ZH_ONE = /^(?:(?<network>\S+?)\s*网络的\s*)?(?<name>[^\s（(]+)(?:\s*[（(]\s*标签\s*(?<labels>[^）)]+)[）)])?$/u;

/** `master 上有 web1 和 web2，slave1 上有 net2 网络的 web9`. */
export function readZhPlacements(text: string): Placement[] {
  return text.split(/[，,；]\s*(?=\S+\s*上有)/u).flatMap((part) => {
    const { node, rest } = ZH_NODE.exec(part.trim())?.groups ?? {};
    return (rest ?? '').split(/\s*(?:、|和|，|,)\s*/u).map((one) => {
      const { name, network, labels } = ZH_ONE.exec(one.trim())?.groups ?? {};
      if (name === undefined || node === undefined) {
        throw new Mistake(
          `\`${part}\` 没有放置任何容器；请写成 \`master 上有 web1\` 或 \`slave1 上有 net2 网络的 web9\``,
        );
      }
      return placement(name, node, network, labels?.split(/[,，]\s*/u));
    });
  });
}

function placement(name: string, node: string, network: string | undefined, labels: readonly string[] = []): Placement {
  const pairs = labels.map((label) => {
    const [key, value, ...more] = label.trim().split('=');
    if (!key || value === undefined || more.length > 0)
      throw new Mistake(`\`${label}\` is not a label such as \`app=web\``);
    return [key, value] as const;
  });
  return {
    name,
    node,
    ...(network !== undefined && { network }),
    ...(pairs.length > 0 && { labels: Object.fromEntries(pairs) }),
  };
}
