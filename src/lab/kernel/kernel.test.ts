import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { Blueprint } from '../../blueprint/blueprint.js';
import { routed } from '../contract/cases/networks.js';
import { network } from '../contract/network.js';
import type { Lab } from '../lab.js';
import { openKernelLab } from './kernel.js';
import { kernelMissing } from './requirements.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

async function on<T>(blueprint: Blueprint, look: (lab: Lab) => Promise<T>): Promise<T> {
  const lab = await openKernelLab(blueprint);
  try {
    return await look(lab);
  } finally {
    await lab.close();
  }
}

async function sentence(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'nothing was wrong',
    (failure: Error) => failure.message,
  );
}

const ping = { kind: 'ping', from: 'a', to: '10.0.2.2' } as const;

describe('the kernel lab', { skip: kernelMissing() ?? false }, () => {
  it('runs commands in a namespace as bash would', () =>
    on(routed(), async (lab) => {
      const { stdout, stderr, exitCode } = await lab.run('r', 'ip -br link; echo oops >&2; exit 3');
      expect(
        stdout
          .trim()
          .split(/\s*\n/)
          .map((line) => line.split(/[ @]/)[0]),
      ).to.deep.equal(['lo', 'ra', 'rb']);
      expect([stderr, exitCode]).to.deep.equal(['oops\n', 3]);
    }));

  it('sees what commands change: rules, routes, namespaces', () =>
    on(routed(), async (lab) => {
      await lab.run('r', 'iptables-legacy -A FORWARD -p icmp -j DROP');
      const dropped = await lab.probe(ping);
      expect(dropped.legs[0]?.fate.kind).to.equal('dropped');
      await lab.run('r', 'iptables-legacy -F');
      expect((await lab.probe(ping)).outcome.kind).to.equal('answered');
      const { exitCode } = await lab.run(
        'r',
        `ip netns add demo && ip link add host type veth peer name eth0 netns demo &&
         ip addr add 10.0.7.1/24 dev host && ip link set host up &&
         ip -n demo addr add 10.0.7.2/24 dev eth0 && ip -n demo link set eth0 up && ip -n demo route add default via 10.0.7.1`,
      );
      expect(exitCode).to.equal(0);
      const journey = await lab.probe({ kind: 'ping', from: 'demo', to: '10.0.2.2' });
      expect(journey.legs.map(({ hops }) => hops.map(({ namespace }) => namespace))).to.deep.equal([
        ['demo', 'r', 'b'],
        ['b', 'r', 'demo'],
      ]);
    }));

  it('shows nothing of its own in the tables', () =>
    on(routed({ iptables: { filter: [] } }), async (lab) => {
      await lab.probe(ping);
      expect((await lab.run('r', 'cat /proc/self/net/ip_tables_names')).stdout).to.equal('filter\n');
    }));

  it('lets connections age', () =>
    on(routed({ iptables: { filter: ['-A FORWARD -m conntrack --ctstate ESTABLISHED'] } }), async (lab) => {
      const seconds = async () => Number((await lab.run('r', 'conntrack -L')).stdout.split(/ +/)[2] ?? 0);
      await lab.probe(ping);
      expect(await seconds()).to.be.within(25, 30);
      await lab.pass(20_000);
      expect(await seconds()).to.be.within(5, 10);
      await lab.pass(20_000);
      expect(await seconds()).to.equal(0);
    }));

  it('will not pretend that a rule has waited', () =>
    on(routed({ iptables: { filter: ['-A FORWARD -m limit --limit 1/min -j ACCEPT'] } }), async (lab) => {
      const said = await sentence(lab.pass(60_000));
      expect(said).to.match(/clock cannot be moved, and `-m limit .* on r waits for it$/);
    }));

  it('keeps two labs with the same addresses apart', async () => {
    const labs = await Promise.all([openKernelLab(routed()), openKernelLab(routed({}, { routes: [] }))]);
    const journeys = await Promise.all(labs.map((lab) => lab.probe(ping)));
    await Promise.all(labs.map((lab) => lab.close()));
    expect(journeys.map(({ outcome }) => outcome.kind)).to.deep.equal(['answered', 'silence']);
    expect(journeys.map(({ legs }) => legs.length)).to.deep.equal([2, 1]);
  });

  it('registers devices in the order of the plan, even where two orders cross', async () => {
    const blueprint = network(['a x1 = b y1', 'a x2 = b y2', 'a x3 = b y3']);
    const [a, b] = blueprint.namespaces as [Blueprint['namespaces'][0], Blueprint['namespaces'][0]];
    const crossed = { ...blueprint, namespaces: [a, { ...b, links: [...b.links].reverse() }] };
    await on(crossed, async (lab) => {
      const order = async (on: string) =>
        (await lab.run(on, `ip -o link | sed 's/^[0-9]*: \\([^@:]*\\).*/\\1/'`)).stdout;
      expect(await order('a')).to.equal('lo\nx1\nx2\nx3\n');
      expect(await order('b')).to.equal('lo\ny3\ny2\ny1\n');
    });
  });

  describe('says in one sentence what the kernel refuses', () => {
    const cases: ReadonlyArray<readonly [string, Blueprint, RegExp]> = [
      [
        'a route',
        routed({ routes: ['default via 10.0.9.9'] }),
        /^cannot make the addresses and routes of r: `ip route append unicast default via 10.0.9.9`: Error: Nexthop has invalid gateway\.$/,
      ],
      [
        'a rule',
        routed({ iptables: { filter: ['-A FORWARD -j NOWHERE'] } }),
        /^cannot make the iptables rules of r: .*NOWHERE/,
      ],
      [
        'a setting',
        routed({ sysctls: ['net.ipv4.no_such_thing=1'] }),
        /^cannot set net.ipv4.no_such_thing to 1 on r: No such file or directory$/,
      ],
      [
        'a setting of the host',
        routed({ sysctls: ['kernel.panic=1'] }),
        /^cannot set kernel.panic to 1 on r: Read-only file system$/,
      ],
      ['an ip set', routed({ ipsets: ['create x hash:nothing'] }), /^cannot make the ip sets of r: /],
    ];
    for (const [what, blueprint, expected] of cases) {
      it(what, async () => {
        expect(await sentence(openKernelLab(blueprint))).to.match(expected);
      });
    }
    it('a namespace', () =>
      on(routed(), async (lab) => {
        expect(await sentence(lab.run('rr', 'true'))).to.equal('there is no namespace rr');
      }));
  });

  it('leaves the host alone', async () => {
    const state = () => [
      readFileSync('/proc/sys/net/ipv4/ip_forward', 'utf8'),
      existsSync('/run/netns') && readdirSync('/run/netns'),
    ];
    const before = state();
    await on(routed(), (lab) =>
      lab.run('r', 'ip netns add visible; sysctl -w net.ipv4.ip_forward=1; sysctl -w kernel.panic=7'),
    );
    expect(state()).to.deep.equal(before);
  });

  it('is gone with the process that opened it, however that ends', async () => {
    const script = `
      import { openKernelLab } from './src/lab/kernel/kernel.ts';
      import { routed } from './src/lab/contract/cases/networks.ts';
      const lab = await openKernelLab(routed());
      await lab.run('r', 'sleep 1000 & true');
      console.log((await lab.run('r', 'readlink /proc/self/ns/net')).stdout);
      setInterval(() => {}, 1000);`;
    const owner = spawn(
      process.execPath,
      ['--import', './scripts/typescript.mjs', '--input-type=module', '--eval', script],
      { cwd: ROOT },
    );
    const [namespace] = (await once(createInterface({ input: owner.stdout }), 'line')) as [string];
    expect(processesIn(namespace)).to.have.length.above(0);
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    for (let patience = 500; processesIn(namespace).length > 0 && patience > 0; patience--) {
      await new Promise((wake) => setTimeout(wake, 10));
    }
    expect(processesIn(namespace)).to.deep.equal([]);
  });

  it('needs no root', { skip: process.getuid?.() === 0 ? false : 'is not root anyway' }, () => {
    const script = `
      import { openKernelLab } from './src/lab/kernel/kernel.ts';
      import { routed } from './src/lab/contract/cases/networks.ts';
      const lab = await openKernelLab(routed({ iptables: { nat: ['-A POSTROUTING -o rb -j MASQUERADE'] } }));
      console.log((await lab.probe({ kind: 'ping', from: 'a', to: '10.0.2.2' })).outcome.kind);
      await lab.close();`;
    const options = ['--import', './scripts/typescript.mjs', '--input-type=module', '--eval', script];
    const { stdout, stderr } = spawnSync(process.execPath, options, {
      cwd: ROOT,
      uid: 65_534,
      gid: 65_534,
      encoding: 'utf8',
    });
    expect(stdout, stderr).to.equal('answered\n');
  });
});

/** Processes of this machine whose network is that namespace. */
function processesIn(namespace: string): string[] {
  return readdirSync('/proc').filter((entry) => {
    if (!/^\d+$/.test(entry)) return false;
    try {
      return readlinkSync(`/proc/${entry}/ns/net`) === namespace;
    } catch {
      return false; // it has just ended
    }
  });
}
