/** The command line as a person calls it: a process of its own, its streams and its exit code. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { kernelMissing } from '../lab/kernel/requirements.js';
import { main } from './main.js';
import type { Terminal } from './terminal.js';

const BIN = fileURLToPath(new URL('../../bin/netherkin.mjs', import.meta.url));

const directory = mkdtempSync(join(tmpdir(), 'netherkin-cli-'));
after(() => rmSync(directory, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}

interface Said {
  readonly stdout: string;
  readonly stderr: string;
  /** Both, in the order of writing. */
  readonly all: string;
  readonly exitCode: number;
}

async function netherkin(args: readonly string[], input = ''): Promise<Said> {
  let [stdout, stderr, all] = ['', '', ''];
  const terminal: Terminal = {
    interactive: false,
    readInput: () => input,
    out: (text) => {
      stdout += text;
      all += text;
    },
    err: (text) => {
      stderr += text;
      all += text;
    },
  };
  const exitCode = await main(args, terminal);
  return { stdout, stderr, all, exitCode };
}

describe('netherkin', () => {
  it('runs from any directory without a build', () => {
    const said = spawnSync(process.execPath, [BIN, 'sh', '-'], {
      cwd: directory,
      input: 'ip netns add a\nip netns list\necho wrong >&2\nexit 3',
      encoding: 'utf8',
    });
    expect([said.stdout, said.stderr, said.status]).to.deep.equal(['a\n', 'wrong\n', 3]);
  });

  it('lists its verbs', async () => {
    const { stdout, exitCode } = await netherkin(['--help']);
    expect(stdout).to.contain('sh  runs networking commands');
    expect(exitCode).to.equal(0);
  });

  const mistakes: readonly (readonly [args: readonly string[], sentence: string])[] = [
    [[], 'netherkin: say what to do: sh; `netherkin --help` tells more\n'],
    [['hs'], 'netherkin: there is no `hs`; did you mean `sh`?\n'],
    [['--versoin'], 'netherkin: there is no option `--versoin`; did you mean `--version`?\n'],
    [['sh', '--trac'], 'netherkin: sh: there is no option `--trac`; did you mean `--trace`?\n'],
    [['sh', '--trace=1'], 'netherkin: sh: `--trace` takes no value\n'],
    [['sh', '--topology'], 'netherkin: sh: `--topology` needs a value\n'],
    [['sh', 'a', 'b'], 'netherkin: sh: one file at a time, and here are 2\n'],
    [['sh', '/nosuch'], 'netherkin: sh: cannot read `/nosuch`: there is no such file\n'],
    [['sh', '--on', 'x'], 'netherkin: sh: `--on` names a node of a topology: say which with `--topology`\n'],
    [['sh', '--topology', 'two-hots', '--on', 'x'], 'netherkin: no topology `two-hots`; did you mean `two-hosts`?\n'],
    [
      ['sh', '--topology', 'calico-docker', '--on', 'mastr'],
      'netherkin: sh: calico-docker has no node `mastr`; did you mean `master`?\n',
    ],
  ];
  for (const [args, sentence] of mistakes) {
    it(`says in one sentence: ${args.join(' ') || 'nothing'}`, async () => {
      const { stdout, stderr, exitCode } = await netherkin(args);
      expect([stdout, stderr, exitCode]).to.deep.equal(['', sentence, 2]);
    });
  }
});

describe('netherkin sh', () => {
  it('keeps the order of both streams, and the exit code of the last command', async () => {
    const { all, exitCode } = await netherkin(['sh'], 'echo 1\necho 2 >&2\necho 3\nfalse');
    expect(all).to.equal('1\n2\n3\n');
    expect(exitCode).to.equal(1);
  });

  it('begins on a host with lo and nothing else', async () => {
    const { stdout } = await netherkin(['sh'], 'ip -br addr; ip route; iptables-save; ip netns');
    expect(stdout).to.equal('lo               UNKNOWN        127.0.0.1/8 \n');
  });

  it('stops at a typo, says where it is and what was meant, and does nothing that comes after it', async () => {
    const script = file(
      'typo.sh',
      'ip link add br0 type bridge\nip -br link\n   iptbles -A FORWARD -j DROP\nip link del br0\necho never\n',
    );
    const { stdout, stderr, exitCode } = await netherkin(['sh', script]);
    expect(stdout.split('\n')).to.have.length(3);
    expect(stdout).to.contain('br0');
    expect(stderr).to.equal(
      `${script}: line 3: iptbles: command not found\n(column 4: \`iptbles\` is not simulated; did you mean \`iptables\`?)\n`,
    );
    expect(exitCode).to.equal(127);
  });

  it('runs nothing of a script that cannot be read', async () => {
    const script = file('unread.sh', 'echo never\nfor i in 1 2; do\n  ip a | | grep x\ndone\n');
    const { stdout, stderr, exitCode } = await netherkin(['sh', script]);
    expect([stdout, stderr, exitCode]).to.deep.equal([
      '',
      `${script}: line 3, column 10: syntax error near unexpected token \`|'\n`,
      2,
    ]);
  });

  it('tells the TRACE lines with the namespace in front, the host being none', async () => {
    const { all } = await netherkin(
      ['sh', '--trace'],
      `ip netns add a; ip link add va type veth peer name eth0 netns a
ip addr add 10.0.0.1/24 dev va; ip link set va up
ip -n a addr add 10.0.0.2/24 dev eth0; ip -n a link set eth0 up
iptables -A OUTPUT -p icmp -j ACCEPT; ip netns exec a iptables -A INPUT -p icmp -j DROP
echo before; ping -c 1 -W 1 10.0.0.2 > /dev/null; echo after`,
    );
    const lines = all.split('\n');
    expect(lines[0]).to.equal('before');
    expect(lines[1]).to.equal(
      '[] TRACE: filter:OUTPUT:rule:1 IN= OUT=va SRC=10.0.0.1 DST=10.0.0.2 LEN=84 TOS=0x00 PREC=0x00 TTL=64 ID=1 DF PROTO=ICMP TYPE=8 CODE=0 ID=1 SEQ=1',
    );
    expect(lines[2]).to.match(
      /^\[a\] TRACE: filter:INPUT:rule:1 IN=eth0 OUT= MAC=[0-9a-f:]{35}:08:00 SRC=10\.0\.0\.1 /,
    );
    expect(lines.slice(3)).to.deep.equal(['after', '']);
  });

  it('stands on a node of a topology', async () => {
    const { stdout } = await netherkin(
      ['sh', '--topology', 'two-hosts', '--on', 'a-master'],
      'ip -br addr show docker0; iptables -S DOCKER-USER',
    );
    expect(stdout).to.match(/^docker0 .*172\.17\.\d+\.1\/24/);
  });
});

const missing = kernelMissing();
if (missing !== undefined && process.env['NETHERKIN_KERNEL'] === 'required') throw new Error(missing);

describe('netherkin sh --kernel', () => {
  const SCRIPT = `ip netns add a; ip link add va type veth peer name eth0 netns a
ip addr add 10.0.0.1/24 dev va; ip link set va up
ip -n a addr add 10.0.0.2/24 dev eth0; ip -n a link set eth0 up
iptables -A OUTPUT -p icmp -j ACCEPT; ip netns exec a iptables -A INPUT -p icmp -j DROP
X=1
ping -c 1 -W 1 10.0.0.2 | grep transmitted
false || echo $X two
kill %9
exit 5`;
  /** What no two runs share: identifications, hardware addresses, the time that waiting took. */
  const same = (text: string) =>
    text
      .replace(/ID=\d+/g, 'ID=')
      .replace(/[0-9a-f:]{35}:08:00/g, 'MAC')
      .split('\n')
      .sort();

  it('prints what the simulated host does', { skip: missing }, () => {
    const run = (...options: string[]) =>
      spawnSync(process.execPath, [BIN, 'sh', '--trace', ...options, file('both.sh', SCRIPT)], { encoding: 'utf8' });
    const [real, simulated] = [run('--kernel'), run()];
    expect(real.stdout).to.equal(simulated.stdout);
    expect(same(real.stderr)).to.deep.equal(same(simulated.stderr));
    expect([real.status, simulated.status]).to.deep.equal([5, 5]);
  });
});
