/** The interactive prompt: one command after the other, with history and completion. */
import { createInterface } from 'node:readline';
import type { Terminal } from '../terminal.js';
import type { Host } from './host.js';

const MORE = '> ';

/** Gives the exit code of the last command, once `exit` or the end of the input ends it. */
export async function prompt(host: Host, node: string, terminal: Terminal): Promise<number> {
  const ready = `${node === '' ? 'host' : node}# `;
  const reader = createInterface({
    input: process.stdin,
    output: process.stdout,
    prompt: ready,
    completer: (line: string) => host.complete(line) as [string[], string],
    historySize: 1000,
  });
  let exitCode = 0;
  let pending = '';
  reader.on('SIGINT', () => {
    pending = '';
    terminal.out('^C\n');
    reader.setPrompt(ready);
    reader.prompt();
  });
  reader.prompt();
  for await (const line of reader) {
    pending += `${line}\n`;
    if (host.isUnfinished(pending)) reader.setPrompt(MORE);
    else {
      const script = pending;
      pending = '';
      reader.setPrompt(ready);
      exitCode = await host.run(script);
      if (host.ended) break;
    }
    reader.prompt();
  }
  reader.close();
  return exitCode;
}
