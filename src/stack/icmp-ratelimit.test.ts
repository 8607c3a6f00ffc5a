import { describe, it } from 'node:test';
import { expect } from 'chai';
import { IcmpRateLimit } from './icmp-ratelimit.js';

const TARGET = 0x0a000001;
const INTERVAL = 1000;

/** Which of `count` packets, one each `every` milliseconds, are answered (1-based), as a flood of pings shows it. */
function answered(count: number, every: number, allow: (limit: IcmpRateLimit, now: number) => boolean): number[] {
  const limit = new IcmpRateLimit();
  return Array.from({ length: count }, (_, index) => index + 1).filter((seq) => allow(limit, seq * every));
}

// Recorded on Linux 6.18: ping -i 0.1 -c 30 and ping -c 10 through a router that rejects, and through one without a route.
describe('the rate of ICMP errors to one destination', () => {
  it('REJECT and TTL errors: six at once, then one a second', () => {
    const reject = (limit: IcmpRateLimit, now: number) => limit.allowError(TARGET, now, INTERVAL);
    expect(answered(30, 100, reject)).to.deep.equal([1, 2, 3, 4, 5, 6, 11, 21]);
    expect(answered(10, 1000, reject)).to.have.length(10);
  });

  it('route errors are paid twice: two of a flood, four of a slow ping', () => {
    const noRoute = (limit: IcmpRateLimit, now: number) =>
      limit.allowRouteError(TARGET, now) && limit.allowError(TARGET, now, INTERVAL);
    expect(answered(30, 100, noRoute).slice(0, 2)).to.deep.equal([1, 2]);
    expect(answered(10, 1000, noRoute)).to.deep.equal([1, 2, 3, 4]);
  });

  it('redirects: nine, each after twice the time', () => {
    const redirect = (limit: IcmpRateLimit, now: number) => limit.allowRedirect(TARGET, now);
    expect(answered(2000, 10, redirect)).to.have.length(9);
  });
});
