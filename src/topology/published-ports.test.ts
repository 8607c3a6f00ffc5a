import { describe, it } from 'node:test';
import { expect } from 'chai';
import { publishMistake, readPublished } from './published-ports.js';

describe('published ports as they are written', () => {
  const everywhere = { hostAddress: undefined, hostPort: 8080, port: 80, protocol: 'tcp' };
  const cases: [string, object][] = [
    ['8080:80', everywhere],
    ['8080:80/tcp', everywhere],
    ['0.0.0.0:8080:80', everywhere],
    ['127.0.0.1:8443:443/tcp', { hostAddress: '127.0.0.1', hostPort: 8443, port: 443, protocol: 'tcp' }],
    ['53:53/udp', { hostAddress: undefined, hostPort: 53, port: 53, protocol: 'udp' }],
    ['1:65535', { hostAddress: undefined, hostPort: 1, port: 65535, protocol: 'tcp' }],
  ];
  for (const [text, expected] of cases) {
    it(text, () => {
      expect(publishMistake(text)).to.equal(undefined);
      expect(readPublished([text])).to.deep.equal([expected]);
    });
  }

  for (const text of ['', ':', '8080:', ':80', '8080:80/', '8080:65536', '8080:080', ' 8080:80', '[::1]:80:80']) {
    it(`\`${text}\` is none`, () => {
      expect(publishMistake(text)).to.be.a('string');
    });
  }

  it('are passed over where the schema found a mistake', () => {
    expect(readPublished([undefined, '8080:80'])).to.deep.equal([everywhere]);
  });
});
