import { describe, it } from 'node:test';
import { expect } from 'chai';
import { parseRestore } from '../rules/parse-restore.js';
import { needsConntrack } from './needed.js';

function needs(table: string, chain: string, rule: string): boolean {
  return needsConntrack(parseRestore(`*${table}\n:${chain} ACCEPT\n-A ${chain} ${rule}\nCOMMIT\n`));
}

// Each seen on Linux 6.18: one such rule on a router, one ping through it, then `conntrack -L | wc -l`.
describe('connection tracking', () => {
  for (const [table, chain, rule] of [
    ['filter', 'FORWARD', '-m conntrack --ctstate INVALID'],
    ['filter', 'FORWARD', '-m state --state NEW'],
    ['filter', 'FORWARD', '-m connmark --mark 0x1'],
    ['filter', 'FORWARD', '-m connlabel --label 1'],
    ['filter', 'FORWARD', '-m connlimit --connlimit-above 100'],
    ['filter', 'FORWARD', '-m connbytes --connbytes 1 --connbytes-dir both --connbytes-mode bytes'],
    ['filter', 'FORWARD', '-m helper --helper ftp'],
    ['raw', 'PREROUTING', '-p tcp -j CT --zone 1'],
    ['raw', 'PREROUTING', '-p tcp -j CT --helper ftp'],
    ['mangle', 'FORWARD', '-p tcp -j CONNMARK --set-xmark 0x1/0xffffffff'],
    ['mangle', 'FORWARD', '-p tcp -j CONNSECMARK --save'],
    ['filter', 'FORWARD', '-p tcp -j SYNPROXY --mss 1460'],
    ['nat', 'POSTROUTING', '-p tcp -j MASQUERADE'],
    ['nat', 'POSTROUTING', '-p tcp -j SNAT --to-source 1.1.1.1'],
    ['nat', 'PREROUTING', '-p tcp -j DNAT --to-destination 1.1.1.1'],
    ['nat', 'PREROUTING', '-p tcp -j REDIRECT'],
    ['nat', 'PREROUTING', '-p tcp -j NETMAP --to 1.1.1.0/24'],
  ] as const) {
    it(`is switched on by ${rule}`, () => {
      expect(needs(table, chain, rule)).to.equal(true);
    });
  }

  for (const [table, chain, rule] of [
    ['raw', 'PREROUTING', '-p tcp -j CT --notrack'],
    ['raw', 'PREROUTING', '-p tcp -j NOTRACK'],
    ['raw', 'PREROUTING', '-m rpfilter'],
    ['mangle', 'PREROUTING', '-p tcp -j TPROXY --on-port 1 --on-ip 0.0.0.0 --tproxy-mark 0x0/0x0'],
    ['nat', 'POSTROUTING', '-p tcp -j ACCEPT'],
    ['filter', 'FORWARD', '-p tcp -j REJECT --reject-with icmp-port-unreachable'],
    ['filter', 'FORWARD', '-m recent --set --name DEFAULT --mask 255.255.255.255 --rsource'],
    ['filter', 'FORWARD', '-m ecn --ecn-ip-ect 0'],
  ] as const) {
    it(`is not needed by ${rule}`, () => {
      expect(needs(table, chain, rule)).to.equal(false);
    });
  }

  it('is not needed by nothing', () => {
    expect(needsConntrack(new Map())).to.equal(false);
  });
});
