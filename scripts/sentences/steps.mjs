// What each sentence means, beside the claims (src/journey/claims), which say it themselves. `patterns` are those of
// steps/, the English one first; the reference is not written while one has no meaning here, or one here has no step.
export const STEPS = [
  {
    section: 'Given',
    title: 'A topology by name',
    patterns: ['the topology {string}', '拓扑 {string}'],
    says: ['the topology "NAME"', '拓扑 "NAME"'],
    about: 'The network that everything after is about: `topologies/NAME.yaml`. A scenario has one topology.',
  },
  {
    section: 'Given',
    title: 'A topology in the scenario',
    patterns: ['the topology:', '拓扑:/拓扑：'],
    about:
      'The same, written out as a doc string in YAML ([topologies](topologies.md)). Mistakes are told with their line and column in the feature.',
  },
  {
    section: 'Given',
    title: 'Workloads',
    patterns: ['{placements}', '{zhPlacements}'],
    says: [
      'WORKLOAD (in NETWORK) on NODE (with label KEY=VALUE)',
      'NODE 上有 (NETWORK 网络的 )WORKLOAD(（标签 KEY=VALUE）)',
    ],
    about:
      "Starts containers, in this order, before anything is sent. Several are joined by `and` and commas, several labels too. Without a network it is the topology's first one. A workload accepts connections on port 80/tcp; for others, or for a fixed address, write it into the topology. What the topology says already may be said again.",
  },
  {
    section: 'Given',
    title: 'Commands',
    patterns: ['{node} runs:', '{node} 执行:/执行：'],
    about:
      'A shell script, as one would type it on that node, workload, outside host or namespace. Before the first `When` it belongs to the description of the network; after it, and as `When master runs:`, it acts at once. A script of which the last command fails, fails the scenario with what the command printed; `! command` expects a failure, and after a `When` so does [a `Then`](#a-failure).',
  },
  {
    section: 'Given',
    title: 'The rules of a real node',
    patterns: ['the iptables rules on {node}:', '{node} 上的 iptables 规则:/规则：'],
    about:
      'Text of `iptables-save`, or of `iptables -S` (then for the filter table). It replaces the tables that it names and leaves the others. The ip sets that its rules use are given beside it; before the first `When` in any order.',
  },
  {
    section: 'Given',
    title: 'The ip sets of a real node',
    patterns: ['the ip sets on {node}:', '{node} 上的 ip set:/set：'],
    about: 'Text of `ipset save`.',
  },
  {
    section: 'Given',
    title: 'A sysctl',
    patterns: ['{sysctl} is {value} on {node}', '{node} 上 {sysctl} 为 {value}'],
    about: 'Any sysctl that is modelled; an unknown one is named, not ignored.',
  },
  {
    section: 'Given',
    title: 'A manifest',
    patterns: ['the manifest:'],
    about: 'Kubernetes or Calico objects. Not modelled yet: the sentence is understood, and says so.',
  },
  {
    section: 'When',
    title: 'A ping',
    patterns: ['{endpoint} pings {endpoint}', '{endpoint} ping {endpoint}'],
    about:
      'One echo request. The receiver may be a literal address. A node pings from its own network namespace, not from one of its containers.',
  },
  {
    section: 'When',
    title: 'A TCP connection',
    patterns: ['{endpoint} connects to {endpoint} on port {port}', '{endpoint} 连接 {endpoint} 的 {port} 端口'],
    about: '`it` is the SYN, `the reply` is the SYN+ACK; it is answered when the handshake is complete.',
  },
  {
    section: 'When',
    title: 'A UDP datagram',
    patterns: ['{endpoint} sends udp to {endpoint} on port {port}', '{endpoint} 向 {endpoint} 的 {port} 端口发送 udp'],
    about: 'Whoever listens on that port sends the datagram back.',
  },
  {
    section: 'When',
    title: 'A service',
    patterns: ['{endpoint} connects to {endpoint}', '{endpoint} 连接 {endpoint}'],
    about:
      'A connection to the port of a Kubernetes service. Not modelled yet: the sentence is understood, and says so.',
  },
  {
    section: 'When',
    title: 'Time',
    patterns: ['{int} second(s) pass(es)', '经过 {int} 秒'],
    says: ['N seconds pass', '经过 N 秒'],
    about:
      'Connections, neighbours and whatever else has a timer age. On the simulated network the time is virtual. On the kernel two seconds at most are really waited for; of longer ones every tracked connection loses the time from its timeout, and where a rule waits for the clock itself the sentence is refused.',
  },
  {
    section: 'Then',
    title: 'Claims',
    patterns: ['{subject} {claims}', '{zhSubject}{zhClaims}'],
    says: ['SUBJECT CLAIM (and CLAIM ...)', 'SUBJECT CLAIM(，CLAIM ...)'],
    about: 'What became of a packet: one of the [claims](#claims) below, or several.',
  },
  {
    section: 'Then',
    title: 'Who the receiver sees',
    patterns: [
      '{endpoint} sees {subject} from {endpoint}',
      '{endpoint} 看到{zhSubject}来自 {endpoint}',
      '{endpoint} does not see {subject} from {endpoint}',
    ],
    about:
      'The source address with which it arrived there. What never arrived is seen from nobody, so that the denial holds of it. A literal address may stand for the sender.',
  },
  {
    section: 'Then',
    title: 'The path, row by row',
    patterns: ['{subject} takes the path:', '{zhSubject}走过的路径:/走过的路径：'],
    about:
      'A table with any of the columns `node`, `hook`, `table`, `chain`, `rule`. Each row is one trace point: a rule that matched, the end of a chain, a policy. The rows must be met **in this order, with anything between them**: an ordered subsequence. `*` and an empty cell stand for anything. `rule` is a number, `return`, `policy`, or both as TRACE writes it: `return:3`.',
  },
  {
    section: 'Then',
    title: "The kernel's TRACE",
    patterns: ['{subject} is traced on {node} as:', '{zhSubject}在 {node} 上的 TRACE:/TRACE：'],
    about:
      'The lines that the kernel would log for this packet on that node: **all of them, in order**. Of each line the place (`table:chain:kind:number`) and the fields that are given are compared, fields that are not given are not. `TRACE: ` in front may be left out; `MARK=0x0` means that there is no mark. `<web1>` is the interface of web1, `SRC=web1` its address.',
  },
  {
    section: 'Then',
    title: 'The TRACE of some tables',
    patterns: ['{subject} is traced in {tables} on {node} as:', '{zhSubject}在 {node} 上 {tables} 表的 TRACE:/TRACE：'],
    about: "The same, with only these tables' lines: all of those, in order.",
  },
  {
    section: 'Then',
    title: 'Connection tracking',
    patterns: ['conntrack on {node} lists:', '{node} 上的 conntrack 列出:/列出：'],
    about:
      'Each line must be answered by an entry of `conntrack -L`, and each entry answers one line. **Other entries may be there, and the order does not matter.** Of a line the words that are given are compared: the first tuple with the first, the tuple after the second `src=` with the second, protocol, state, `[UNREPLIED]` and `mark=` anywhere. Timeouts, ports and ids that are not given are not compared. `src=web1` and `dst=web1` are the address of web1.',
  },
  {
    section: 'Then',
    title: 'No connection',
    patterns: ['conntrack on {node} lists nothing', '{node} 上的 conntrack 为空'],
    about: 'The list is empty.',
  },
  {
    section: 'Then',
    title: 'A table as a whole',
    patterns: ['the {table} table on {node} is:', '{node} 上的 {table} 表是:/表是：'],
    about:
      'Text as of `iptables -S` or `iptables-save`, compared with what `iptables -t TABLE -S` prints: **every rule, in order**. Counters, comments in `#`, `COMMIT`, blank lines and repeated blanks are ignored. Where the text has only rules (`-A ...`), policies and the list of chains are not compared. `<web1>` is the interface of web1.',
  },
  {
    section: 'Then',
    title: 'Some rules of a table',
    patterns: ['the {table} table on {node} has:', '{node} 上的 {table} 表包含:/表包含：'],
    about: 'These lines, **in this order, perhaps with others between**. Otherwise as above.',
  },
  {
    section: 'Then',
    title: 'Routes',
    patterns: ['the routes on {node} are:', '{node} 上的路由是:/上的路由是：'],
    about:
      'What `ip route` prints there: **all lines, in order**, repeated blanks ignored. `<web1>` is the interface of web1.',
  },
  {
    section: 'Then',
    title: 'Reachability',
    patterns: ['the reachability is:', '可达性是:/可达性是：'],
    about:
      'A table: rows send, columns receive, and each cell sends a probe of its own, row by row, in the same network: connections and neighbours stay. The **corner cell** says what is sent: nothing in it is a ping, `80/tcp` a connection, `53/udp` a datagram. A cell is `ok` (is answered), `-` (is not), or a verdict word (`dropped`, `rejected`, `refused`, `lost`, `unreachable`); an empty cell and `*` send nothing. `it` after it is still what the last `When` sent.',
  },
  {
    section: 'Then',
    title: 'What commands print',
    patterns: ['it prints:', '输出是:/输出是：'],
    about:
      'The whole standard output of the latest `When NODE runs:`, **every line in order**. Blanks count, but for those at the ends of lines; empty lines at the end do not. A line `...` stands for any lines or none, `...` within a line for any text.',
  },
  {
    section: 'Then',
    title: 'No output',
    patterns: ['it prints nothing', '没有输出'],
    about: 'The standard output of the latest `When NODE runs:` is empty.',
  },
  {
    section: 'Then',
    title: 'A failure',
    patterns: ['it fails with {string}', '失败并提示 {string}'],
    says: ['it fails with "TEXT"', '失败并提示 "TEXT"'],
    about:
      'The last command of the latest `When NODE runs:` failed (its exit code is not 0), and the text is part of what the commands printed as errors or otherwise. Where no such `Then` follows, the failure fails the scenario: at the next step that asks the network or the packet for anything, or at the end. Only the `Then`s about what was printed may stand between.',
  },
  {
    section: 'slips',
    title: 'A slip',
    patterns: ['{endpoint} {misspelt}'],
    about: 'No sentence of its own: it answers `web1 pigns web3` with what was meant.',
  },
];
