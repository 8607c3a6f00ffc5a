import { describe, it } from 'node:test';
import { expect } from 'chai';
import { parseScript } from './parser.js';
import { SyntaxMistake } from './syntax.js';

/** The words of every command, `|` and the like left out. */
function words(text: string): string[][] {
  return parseScript(text).flatMap(({ first, rest }) =>
    [first, ...rest.map(({ pipeline }) => pipeline)].flatMap(({ commands }) =>
      commands.map((command) => command.words.map((word) => word.text)),
    ),
  );
}

describe('the shell language', () => {
  it('splits words, and takes quotes away', () => {
    expect(words(`ip 'a b' "c\\"d" e\\ f g'h'"i" '' a#b \\#c`)).to.deep.equal([
      ['ip', 'a b', 'c"d', 'e f', 'ghi', '', 'a#b', '#c'],
    ]);
  });

  it('joins lines that end with a backslash', () => {
    expect(words('iptables -A INPUT \\\n  -j DROP\nip a')).to.deep.equal([
      ['iptables', '-A', 'INPUT', '-j', 'DROP'],
      ['ip', 'a'],
    ]);
  });

  it('keeps the place of every word', () => {
    const [list] = parseScript("true\n  ip 'two\nlines' last").slice(1);
    const places = list!.first.commands[0]!.words.map(({ place }) => `${place.line}:${place.column}`);
    expect(places).to.deep.equal(['2:3', '2:6', '3:8']);
  });

  it('reads the here-documents of a line one after the other', () => {
    const [list] = parseScript("cat <<A <<-'B' | sort\na\\\\b\nA\n\t$b\n\tB\ntrue");
    const texts = list!.first.commands[0]!.redirections.map(({ target }) => target);
    expect(texts).to.deep.equal(['a\\b\n', '$b\n']);
    expect(list!.first.commands).to.have.length(2);
  });

  it('reads redirections as they stand', () => {
    const [list] = parseScript('a 2>&1 >x >>y <z &>w 2> v');
    const read = list!.first.commands[0]!.redirections.map(
      ({ descriptor, kind, target }) => `${descriptor} ${kind} ${target}`,
    );
    expect(read).to.deep.equal([
      '2 duplicate 1',
      '1 write x',
      '1 append y',
      '0 read z',
      '1 write w',
      '2 duplicate 1',
      '2 write v',
    ]);
  });

  const mistakes: readonly (readonly [script: string, sentence: string])[] = [
    ['ip a\n  && ip r', "line 2, column 3: syntax error near unexpected token `&&'"],
    ['ip a |', 'line 1, column 6: syntax error: unexpected end of file'],
    ['ip a ;; ip r', "line 1, column 7: syntax error near unexpected token `;'"],
    ["echo 'a\nb", "line 1, column 6: unexpected EOF while looking for matching `''"],
    ['echo "a', 'line 1, column 6: unexpected EOF while looking for matching `"\''],
    ['cat <<END\na', 'line 1, column 7: the here-document has no line `END` that ends it'],
    ['cat >', 'line 1, column 5: a word is missing after `>`'],
    ['for i in 1 2; do ip a; done', 'line 1, column 1: `for` is not simulated: a script is a list of commands'],
    ['A=1', 'line 1, column 1: setting a variable is not simulated'],
    ['ip a &', 'line 1, column 6: running a command in the background with `&` is not simulated'],
    ['(ip a)', 'line 1, column 1: a subshell `(` is not simulated'],
    ['echo a $HOME', 'line 1, column 8: expanding a variable with `$` is not simulated'],
    ['echo "a $(ip a)"', 'line 1, column 9: command substitution `$(...)` is not simulated'],
    ['echo `ip a`', 'line 1, column 6: command substitution with backquotes is not simulated'],
    ['ip a 3> x', 'line 1, column 6: file descriptor 3 is not simulated: 0, 1 and 2 are'],
    [
      'cat <<E\n$x\nE',
      "line 1, column 7: expansions in a here-document are not simulated: write <<'E' to take it as it is",
    ],
  ];
  for (const [script, sentence] of mistakes) {
    it(`refuses ${JSON.stringify(script)}`, () => {
      expect(() => parseScript(script)).to.throw(SyntaxMistake, sentence);
    });
  }
});
