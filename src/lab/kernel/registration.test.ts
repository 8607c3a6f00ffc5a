import { describe, it } from 'node:test';
import { expect } from 'chai';
import type { Blueprint } from '../../blueprint/blueprint.js';
import { network } from '../contract/network.js';
import { linkCommands } from './registration.js';

const commands = (blueprint: Blueprint) =>
  linkCommands(blueprint, (namespace) => `/${namespace}`).map((line) => line.replace(/ address \S+/g, ''));

describe('the registration of devices', () => {
  it('makes both ends of a cable at once where both are next', () => {
    expect(commands(network(['a x1 = b y1', 'a x2 = b y2']))).to.deep.equal([
      'link add name x1 netns /a type veth peer name y1 netns /b',
      'link add name x2 netns /a type veth peer name y2 netns /b',
    ]);
  });

  it('makes what the next device of the other namespace waits for first', () => {
    expect(commands(network(['a x1 = b y1 in br0'], { b: { bridges: ['br0'] } }))).to.deep.equal([
      'link add name br0 netns /b type bridge mcast_snooping 0',
      'link add name y1 netns /b type veth peer name x1 netns /a',
    ]);
  });

  it('lets an end wait outside where two orders cross', () => {
    const blueprint = network(['a x1 = b y1', 'a x2 = b y2']);
    const [a, b] = blueprint.namespaces as [Blueprint['namespaces'][0], Blueprint['namespaces'][0]];
    const crossed = { ...blueprint, namespaces: [a, { ...b, links: [...b.links].reverse() }] };
    expect(commands(crossed)).to.deep.equal([
      'link add name x1 netns /a type veth peer name waiting0',
      'link add name x2 netns /a type veth peer name y2 netns /b',
      'link set dev waiting0 netns /b name y1',
    ]);
  });

  it('joins two devices of one namespace', () => {
    expect(commands(network(['a x1 = a x2']))).to.deep.equal([
      'link add name x1 netns /a type veth peer name x2 netns /a',
    ]);
  });

  it('gives every device an address of its own, the same each time', () => {
    const blueprint = network(['a x1 = b y1', 'a x2 mac 02:00:00:00:00:99 = b y2']);
    const macs = () => linkCommands(blueprint, String).flatMap((line) => line.match(/(?<=address )\S+/g) ?? []);
    expect(macs()).to.deep.equal(macs());
    expect(new Set(macs())).to.have.property('size', 4);
    expect(macs()).to.include('02:00:00:00:00:99');
  });
});
