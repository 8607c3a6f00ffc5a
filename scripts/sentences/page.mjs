// The reference of all sentences as Markdown: its prose, and what the tables and the features say.
import { REASONS, REJECTIONS } from '../../src/journey/claims/kinds.ts';
import { PATIENCE } from '../../src/journey/probe.ts';
import { TABLES } from '../../src/netfilter/hooks.ts';
import { claimSection } from './claims.mjs';
import { stepSection } from './definitions.mjs';

const list = (words) => words.map((word) => `\`${word}\``).join(', ');

const isChinese = (wording) => /\p{Script=Han}/u.test(wording) || wording === 'ENDPOINT ping ENDPOINT';

const wordings = (all) => (all.length === 0 ? 'None.' : all.map((wording) => `* \`${wording}\``).join('\n'));

/** `steps`, `claims`: see definitions.mjs and claims.mjs. `unused`: wordings that no feature has. */
export function page({ steps, claims, unused }) {
  return `<!-- Written by \`npm run docs:sentences\` from steps/, src/journey/claims/ and features/. Change those, not this file. -->

# Sentences

Everything that a scenario can say, with an example of each out of the features; all of them run. How to write a scenario with
them is told in [writing-scenarios.md](writing-scenarios.md), what a topology can hold in [topologies.md](topologies.md).

* [How to read this](#how-to-read-this)
* [Given](#given): the network
* [When](#when): what is sent
* [Then](#then): what is expected, and how it is compared
* [Claims](#claims): what a \`Then\` says of a packet
* [What an author must know](#what-an-author-must-know)
* [Wordings that no feature uses](#wordings-that-no-feature-uses)

## How to read this

Words in capitals are parameters, round brackets hold what may be left out, and \`(a|b)\` is a choice. Keywords can be in any of
Gherkin's languages; the sentences are in English and, below each, in Chinese. In a Chinese claim every blank may be left out.

| parameter | what stands there |
| --- | --- |
| \`ENDPOINT\` | a workload, a node, an outside host, a network namespace that a command made, or a literal address |
| \`NODE\` | a node, or anything else with rules and routes of its own: a workload, an outside host, a namespace |
| \`SUBJECT\` | \`it\` (它), \`the reply\` (应答, 回复) or \`the error\` (错误): see below |
| \`CHAIN\`, \`CHAINS\` | \`cali-FORWARD\`, or with its table \`filter cali-FORWARD\`; several with commas |
| \`PORT\` | from 1 to 65535 |
| \`NUMBER\` | of a rule in its chain, counted from 1 as \`iptables -L --line-numbers\` counts |
| \`DEVICE\` | an interface; \`<web1>\` is the node's end of web1's cable |
| \`ADDRESS\`, \`GATEWAY\` | an address, or the name of whoever has it |
| \`TARGET\` | the same with or without a port: \`bob:80\` |
| \`MARK\` | \`0x4000\`; with a mask only those bits are compared: \`0x4000/0xf000\` |
| \`REJECTION\` | ${list(REJECTIONS)} |
| \`QUOTED\` | text in double quotes |
| \`REASON\` | ${list(REASONS)} |
| \`TABLE\`, \`TABLES\` | ${list(TABLES)}; several with commas and \`and\` |

A name in angle brackets is put in wherever a chain or a device is named: \`cali-tw-<web1>\` is the chain for packets to web1, whatever
its interface is called.

## Given

\`Given\` describes; \`And\` continues it. Nothing is built before the first step that needs the network.

${stepSection(steps, 'Given')}
## When

A scenario may send several probes. Connections, neighbours, counters and commands stay from one to the next. A probe waits until it is
answered, refused, or ${PATIENCE / 1000} seconds have passed.

${stepSection(steps, 'When')}
## Then

${stepSection(steps, 'Then')}
### Subjects

| subject | which packet |
| --- | --- |
| \`it\` (它) | the first packet that the latest \`When\` sent: the echo request, the SYN, the datagram; on its whole way, whatever is translated on it |
| \`the reply\` (应答, 回复) | the first answer to it: the echo reply, the SYN+ACK, the datagram that comes back |
| \`the error\` (错误) | the first ICMP error that it or its reply caused, or the reset of a refused connection |

A claim about a packet that was never made fails, **denied or not**: where there was no reply, \`the reply does not pass FORWARD\` fails
too, and says that there was none.

### Joining claims

Claims are joined by \`and\` or \`but\`, in Chinese by 且, 并且, 而且, 但 or a comma. Each has the subject of the one before it unless it
names another: \`it is answered and the reply passes INPUT\`. Several chains of one claim are joined by commas, not by \`and\`:
\`it passes FORWARD, cali-FORWARD and is not masqueraded\`. All claims of a sentence are read before the first is judged.

### On a node

With \`on NODE\` (在 NODE 上) a claim is about what happened on that node, otherwise about the whole way.

## Claims

${claimSection(claims)}
## What an author must know

* **Dropped, rejected, refused, unreachable, lost are five things.** *Dropped*: it ended without a word to its sender. *Rejected*: a REJECT
  rule took it and answered. *Refused*: it came to its target, and nothing listens on that port. *Unreachable*: the sender was told so, by
  an ICMP error or by its own host. *Lost*: the sender heard nothing, whatever the reason. The first three tell how the packet ended, the
  last two what the sender saw: a rejected ping is unreachable too, a dropped one is lost. "Connection refused" is not unreachable: whether
  a rule or the target said so, \`is rejected\` and \`is refused\` tell.
* **A refused connection is not delivered.** It reached the host and no socket. It is not dropped either, since the sender is told; and
  where a firewall keeps the refusal back, it is lost.
* **\`is translated\` means the destination**: DNAT or REDIRECT, on the way of the request. What MASQUERADE or SNAT do is \`is masqueraded\`.
  The reply is translated back by its connection and not by a rule: that is neither; say \`ann sees the reply from router\`.
* **A rule's number may need its table.** \`rule 1 of PREROUTING\` is in raw, mangle and nat on most nodes; the sentence is then refused, and
  told to name one: \`rule 1 of nat PREROUTING\`. A rule that is not there is refused too, never silently "not matched".
* **\`passes CHAIN\` means entered**, not accepted: at least one rule, or the end of the chain, was evaluated for the packet. A chain that no
  node has is refused; a built-in chain may be named anywhere.
* **The nat table is asked once for each connection**, for its first packet, and only where connections are tracked at all. A reply
  does not pass it. A host without a rule that needs the memory keeps none.
* **Repeated complaints fall silent.** A router limits how often it says that there is no route: of several such pings in a row the third
  is not answered any more, \`is lost\` and not \`is unreachable\`. Let a second or more pass between them, or say \`it has no route on router\`,
  which holds either way. In a table of reachability write \`-\`.
* **\`takes the path:\` is an ordered subsequence**; what must not lie between needs a claim of its own (\`does not pass\`), or \`is traced\`,
  which is compared line by line.
* **\`conntrack lists:\` is a selection**: entries that are not named may be there. Only \`lists nothing\` says that there are no others.
* **Undetermined is never good news.** A packet that reaches a match or target that is not modelled is *undetermined*, with the rule and its
  text. No claim of absence (\`is not dropped\`, \`does not pass\`, \`is lost\`) is satisfied by such a walk; what was seen before that
  point may still be claimed.
* **A claim about the sender (\`is answered\`, \`is unreachable\`, \`is lost\`) has \`it\` as its subject.** Of the reply say
  \`the reply is delivered\`.
* **TRACE and paths show rules that matched.** A rule without any condition that accepts, drops or returns shows as \`return\` or \`policy\`,
  as the kernel logs it; as \`rule N\` of a claim it counts as matched all the same.

## Wordings that no feature uses

They are understood, but no feature of this project says them yet.

### In English

${wordings(unused.filter((wording) => !isChinese(wording)))}

### In Chinese

${wordings(unused.filter(isChinese))}
`;
}
