import { describe, it } from 'node:test';
import { expect } from 'chai';
import { chainName, selectorId, setName, tagId } from './names.js';

describe('chainName', () => {
  it('hashes what is longer than 28 characters', () => {
    expect(chainName('cali-pi-', 'alpha/knp.default.access-nginx-complex')).to.equal('cali-pi-_w6rJoXTmbxiadSPZU3_');
    expect(chainName('cali-pri-', 'ksa.kube-system.metrics-server')).to.equal('cali-pri-_CVSZITRyIpEmH8AB6H');
    expect(chainName('cali-po-', 'aaa-allow-konnectivity-agent')).to.equal('cali-po-_j5sVgQTfF-APgMw0kN9');
    expect(chainName('cali-fhfw-', 'any-interface-at-all')).to.equal('cali-fhfw-_Nqh4HyA73udmyanQI');
  });

  it('keeps what fits', () => {
    expect(chainName('cali-pri-', 'net1')).to.equal('cali-pri-net1');
    expect(chainName('cali-fh-', 'any-interface-at-all')).to.equal('cali-fh-any-interface-at-all');
  });

  it('hashes a name of full length that could pose as a hash', () => {
    const name = '_2345678901234567890';
    expect(`cali-pi-${name}`).to.have.lengthOf(28);
    expect(chainName('cali-pi-', name))
      .to.match(/^cali-pi-_.{19}$/)
      .and.not.equal(`cali-pi-${name}`);
  });
});

describe('ip set names', () => {
  it('cut a selector at 31 characters', () => {
    expect(setName('-', tagId('net1'))).to.equal('cali4-s:dmxNq1uG7U174OAEUuueUSA');
    expect(setName('-', tagId('net2'))).to.equal('cali4-s:axL9sFt29lsE6ei3zCUlA2m');
  });

  it('come from the canonical text of a selector', () => {
    const peers: Record<string, string> = {
      '(projectcalico.org/namespace == "default" && (projectcalico.org/orchestrator == "k8s" && role == "allower" && user == "haejun"))':
        'cali40s:dSXImMSA1iXOPxYRYLVorAP',
      '(projectcalico.org/namespace == "alpha" && (projectcalico.org/orchestrator == "k8s" && run == "access"))':
        'cali40s:XZEFRy4u2E2Kz28IwtNm0u8',
      '(pcns.ns == "a" && projectcalico.org/orchestrator == "k8s")': 'cali40s:USRWmGlMuNymjhMsAmbxKOD',
      '(pcns.ns == "b" && (projectcalico.org/orchestrator == "k8s" && run == "access"))':
        'cali40s:11jW-7YBzuTbDQfMRpGESlM',
    };
    for (const [selector, name] of Object.entries(peers)) expect(setName('0', selectorId(selector))).to.equal(name);
  });
});
