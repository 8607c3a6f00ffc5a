import { describe, it } from 'node:test';
import { expect } from 'chai';
import { felixConfig } from '../config.js';
import { ruleHashes, rulesWithHashes } from '../hash.js';
import { filterTable } from './filter.js';
import { mangleTable } from './mangle.js';
import { natTable } from './nat.js';
import { rawTable } from './raw.js';
import type { StaticTable } from './table.js';

type Hashes = Record<string, string[]>;

/** The hashes of Felix 2.6.4, IPIP off, a pool with natOutgoing. */
const RAW: Hashes = {
  'cali-failsafe-in': ['wWFQM43tJU7wwnFZ', 'LwNV--R8MjeUYacw'],
  'cali-failsafe-out': [
    ...['73bZKoyDfOpFwC2T', 'QMFuWo6o-d9yOpNm', 'Kup7QkrsdmfGX0uL', 'xYYr5PEqDf_Pqfkv', 'nbWBvu4OtudVY60Q'],
    'UxFu5cDK5En6dT3Y',
  ],
  'cali-PREROUTING': ['zatSDPVUhhPCk6Iy', '-ES4EW0vxFmM81t8', 'VE1J3S_1t9q8GAsm', 'VX8l4jKL9w89GXz5'],
  'cali-OUTPUT': ['WX1xZBEtmbS0Rhjs', 'iE00ZyllJNXfrlg_', 'Asois4hxp1rUxwJS'],
  'cali-from-host-endpoint': [],
  'cali-to-host-endpoint': [],
};

const MANGLE: Hashes = {
  'cali-failsafe-in': ['wWFQM43tJU7wwnFZ', 'LwNV--R8MjeUYacw'],
  'cali-PREROUTING': [
    ...['6BJqBjBC7crtA-7-', 'nE3PUa5RSRqBBvwx', 'qgFofvzQe6yJPouQ', 'o178eO5vvpj8e65z', '5TQcm-i_T8rVGEEa'],
  ],
  'cali-from-host-endpoint': [],
};

const NAT: Hashes = {
  'cali-PREROUTING': ['r6XmIziWUJsdOK6Z'],
  'cali-POSTROUTING': ['Z-c7XtVd2Bq7s_hA', 'nYKhEzDlr11Jccal'],
  'cali-OUTPUT': ['GBTAv2p5CwevEyJm'],
  'cali-fip-dnat': [],
  'cali-fip-snat': [],
  'cali-nat-outgoing': ['Wd76s91357Uv7N3v'],
};

const FILTER: Hashes = {
  'cali-FORWARD': [
    ...['X3vB2lGcBrfkYquC', 'UtJ9FnhBnFbyQMvU', 'Tt19HcSdA5YIGSsw', '9LzfFCvnpC5_MYXm', '7AofLLOqCM5j36rM'],
    ...['QM1_joSl7tL76Az7', 'C1QSog3bk0AykjAO', 'DmFiPAmzcisqZcvo'],
  ],
  'cali-INPUT': [
    ...['i7okJZpS8VxaJB3n', 'JaoDb6CLdcGw8g0Y', 'c5eKVW2VdKQ_LiSM', 'hwQKYSlSCkpE_9uN', 'ttp8-serzKCP-bKZ'],
  ],
  'cali-wl-to-host': ['Ee9Sbo10IpVujdIY', 'nSZbcOoG1xPONxb8'],
  'cali-failsafe-in': RAW['cali-failsafe-in']!,
  'cali-OUTPUT': [
    ...['YQSSJIsRcHjFbXaI', 'KRjBsKsBcFBYKCEw', '3VKAQBcyUUW5kS_j', 'Z1mBCSH1XHM6qq0k', 'N0jyWt2RfBedKw3L'],
  ],
  'cali-failsafe-out': RAW['cali-failsafe-out']!,
  'cali-from-host-endpoint': [],
  'cali-to-host-endpoint': [],
};

const pool = { cidr: '172.20.0.0/16', natOutgoing: true, encapsulation: 'none' } as const;
const felix = (version: string, more: object = {}) => felixConfig({ version, pools: [{ ...pool, ...more }] });

function hashes({ chains }: StaticTable): Hashes {
  return Object.fromEntries(chains.map(({ name, rules }) => [name, ruleHashes(name, rules)]));
}

function chain({ chains }: StaticTable, name: string): string[] {
  return rulesWithHashes(name, chains.find((each) => each.name === name)!.rules);
}

describe('the static chains of Felix 2.6.4', () => {
  const config = felix('2.6.4');
  it('raw', () => {
    expect(hashes(rawTable(config))).to.deep.equal(RAW);
  });
  it('mangle', () => {
    expect(hashes(mangleTable(config))).to.deep.equal(MANGLE);
  });
  it('nat', () => {
    expect(hashes(natTable(config))).to.deep.equal(NAT);
  });
  it('filter', () => {
    expect(hashes(filterTable(config))).to.deep.equal(FILTER);
  });

  it('masquerade nothing without a pool that wants it', () => {
    expect(hashes(natTable(felix('2.6.4', { natOutgoing: false })))).to.deep.equal({ ...NAT, 'cali-nat-outgoing': [] });
  });

  it('take their place in the kernel by hooks that hash under the kernel chain', () => {
    const hooks = [rawTable, mangleTable, natTable, filterTable].flatMap((table) =>
      Object.entries(table(config).hooks),
    );
    const texts = hooks.map(([hook, target]) => rulesWithHashes(hook, [{ match: [], action: `--jump ${target}` }])[0]);
    expect(new Set(texts)).to.deep.equal(
      new Set([
        '-m comment --comment "cali:6gwbT8clXdHdC1b1" --jump cali-PREROUTING',
        '-m comment --comment "cali:tVnHkvAo15HuiPy0" --jump cali-OUTPUT',
        '-m comment --comment "cali:O3lYWMrLQYEMJtB5" --jump cali-POSTROUTING',
        '-m comment --comment "cali:wUHhoiAYhphO9Mso" --jump cali-FORWARD',
        '-m comment --comment "cali:Cz_u1IQiXIMmKD4c" --jump cali-INPUT',
      ]),
    );
  });
});

describe('with IPIP', () => {
  const table = (version: string) => filterTable(felix(version, { encapsulation: 'ipip' }));

  it('2.6.4 lets the tunnels of hosts in and out', () => {
    expect(hashes(table('2.6.4'))).to.deep.equal({
      ...FILTER,
      'cali-INPUT': [
        ...['i7okJZpS8VxaJB3n', 'kLJdl8-9MpSKcclh', 'JhfQUFFJ2v0jbipF', 'lCcyvgf8VeDM1u1-', 'GlrNbO_EUWYWRCaO'],
        ...['K-V6zS0uXrZMyaMZ', 'LxVlCgv5vgFY0hIt'],
      ],
      'cali-OUTPUT': [
        ...['YQSSJIsRcHjFbXaI', 'KRjBsKsBcFBYKCEw', 'KmgoIS5WR-FUTXQA', 'jF4NqYnoQzK69KMB', 'u3rq4G7BW7TmQ-gN'],
        'Xccly-6SLJLgcW2X',
      ],
    });
  });

  it('before 2.6.1 one rule drops the tunnels of strangers', () => {
    const input = chain(table('2.6.0'), 'cali-INPUT');
    expect(input).to.have.lengthOf(6);
    expect(input[1]).to.match(/ -p 4 -m set ! --match-set cali4-all-hosts src --jump DROP$/);
    expect(chain(table('2.6.1'), 'cali-INPUT')).to.have.lengthOf(7);
  });
});

describe('failsafe chains', () => {
  it('accept answers too from 2.6.7 on, in raw alone', () => {
    const answers = (version: string) => chain(rawTable(felix(version)), 'cali-failsafe-in').slice(2);
    expect(answers('2.6.6')).to.deep.equal([]);
    expect(answers('2.6.7')).to.have.lengthOf(6);
    expect(answers('2.6.7')[0]).to.match(/ -p tcp -m multiport --source-ports 2379 --jump ACCEPT$/);
    expect(chain(rawTable(felix('2.6.8')), 'cali-failsafe-out').at(-1)).to.match(/ -p udp .*--source-ports 68 /);
    expect(hashes(filterTable(felix('2.6.8')))).to.deep.equal(FILTER);
    expect(hashes(mangleTable(felix('2.6.8')))).to.deep.equal(MANGLE);
  });
});
