import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { expect } from 'chai';

const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync('docs')
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file)),
];

/** Links to files of this repository and to headings, without those of the web. */
function linksOf(page: string): string[] {
  const text = readFileSync(page, 'utf8').replace(/^```[\s\S]*?^```$/gm, '');
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!).filter((link) => !/^\w+:/.test(link));
}

/** As a heading is called in a link: small letters and hyphens. */
function headingsOf(page: string): string[] {
  const headings = readFileSync(page, 'utf8').match(/^#+ .*$/gm) ?? [];
  return headings.map((heading) =>
    heading
      .replace(/^#+ /, '')
      .toLowerCase()
      .replace(/[^\p{Letter}\p{Number} -]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe('links in the documentation', () => {
  for (const page of PAGES) {
    it(`lead somewhere: ${page}`, () => {
      for (const link of linksOf(page)) {
        const [file, heading] = link.split('#') as [string, string?];
        const target = file === '' ? page : join(dirname(page), file);
        expect(existsSync(target), link).to.equal(true);
        if (heading !== undefined && target.endsWith('.md')) expect(headingsOf(target), link).to.include(heading);
      }
    });
  }
});
