import { describe, it } from 'node:test';
import { expect } from 'chai';
import { parseScript } from './parser.js';
import { literalText, type SimpleCommand, SyntaxMistake } from './syntax.js';

/** The words of every command, `|` and the like left out. */
function words(text: string): string[][] {
  return parseScript(text).flatMap(({ first, rest }) =>
    [first, ...rest.map(({ pipeline }) => pipeline)].flatMap(({ commands }) =>
      commands.map((command) => (command as SimpleCommand).words.map((word) => literalText(word)!)),
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
    const places = (list!.first.commands[0] as SimpleCommand).words.map(({ place }) => `${place.line}:${place.column}`);
    expect(places).to.deep.equal(['2:3', '2:6', '3:8']);
  });

  it('reads the here-documents of a line one after the other', () => {
    const [list] = parseScript("cat <<A <<-'B' | sort\na\\\\b\nA\n\t$b\n\tB\ntrue");
    const texts = list!.first.commands[0]!.redirections.map(({ target }) => literalText(target));
    expect(texts).to.deep.equal(['a\\b\n', '$b\n']);
    expect(list!.first.commands).to.have.length(2);
  });

  it('reads redirections as they stand', () => {
    const [list] = parseScript('a 2>&1 >x >>y <z &>w 2> v');
    const read = list!.first.commands[0]!.redirections.map(
      ({ descriptor, kind, target }) => `${descriptor} ${kind} ${literalText(target)}`,
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
    ['for i in 1 2; ip a; done', "line 1, column 15: syntax error near unexpected token `ip'"],
    ['for i; do ip a; done', 'line 1, column 1: `for` without `in` goes through the parameters of the script'],
    ['if true; then fi', "line 1, column 15: syntax error near unexpected token `fi'"],
    ['if true; then ip a', 'line 1, column 18: syntax error: unexpected end of file'],
    ['done', "line 1, column 1: syntax error near unexpected token `done'"],
    ['case a in a) ip a;; esac', 'line 1, column 12: a subshell `)` is not simulated'],
    ['A=1 ip a', 'line 1, column 1: setting a variable for one command only is not simulated'],
    ['ip a & & ip r', "line 1, column 8: syntax error near unexpected token `&'"],
    ['(ip a)', 'line 1, column 1: a subshell `(` is not simulated'],
    ['echo a $1', 'line 1, column 8: a parameter of the script is not simulated'],
    ['echo $((1+1))', 'line 1, column 6: arithmetic `$((...))` is not simulated'],
    [`echo \${A:-b}`, `line 1, column 6: an expansion \`\${...}\` other than \`\${NAME}\` is not simulated`],
    ['echo "a\n $(ip a | | b)"', "line 2, column 11: syntax error near unexpected token `|'"],
    ['echo $(ip a', "line 1, column 6: unexpected EOF while looking for matching `)'"],
    ['ip a 3> x', 'line 1, column 6: file descriptor 3 is not simulated: 0, 1 and 2 are'],
  ];
  for (const [script, sentence] of mistakes) {
    it(`refuses ${JSON.stringify(script)}`, () => {
      expect(() => parseScript(script)).to.throw(SyntaxMistake, sentence);
    });
  }
});
