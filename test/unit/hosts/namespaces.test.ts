import { describe, expect, it } from 'vitest';
import { containerOf, namespaceList, namespaceOf } from '../../../src/hosts/namespaceEntries.ts';
import { type NamespaceText, parseNamespaceText } from '../../../src/hosts/namespaceText.ts';

const id = '8f8c7899933f27252f13f188aa8ca7978f8c7899933f27252f13f188aa8ca797';

function sent(sections: Readonly<Record<string, string>>): string {
  const body = Object.entries({ ...sections, end: '' }).map(
    ([name, text]) => `\n@@n1 < ${name}\n${text}\n@@n1 > 0 - - ${name}\n`,
  );
  return `@@n1 packet-path 1\n${body.join('')}`;
}

const facts = 'uid 0\nhas ip\nhas nsenter\nhas unshare\nhas mount\nown 4026531840\n';

function listOf(sections: Readonly<Record<string, string>>) {
  const text = parseNamespaceText(sent({ facts, ...sections }));
  if (text === null) throw new Error('not read');
  return namespaceList(text);
}

describe('what the host says', () => {
  it('is read', () => {
    const text = parseNamespaceText(
      `Welcome!\n${sent({
        facts: `${facts}sudo works\n`,
        names: '4026532177 blue\n4026532178  two words\nmore 3\n',
        processes: `count 12\nin 4026531840 1 systemd\nin 4026532247 812 nginx: a\ncgroup 0::/system.slice/docker-${id}.scope\nin 4026532247 40 \nreadable 10\nmore 2\n`,
      })}`,
    );
    expect(text).toEqual({
      uid: 0,
      sudo: true,
      programs: new Set(['ip', 'nsenter', 'unshare', 'mount']),
      own: '4026531840',
      names: [
        { inode: '4026532177', name: 'blue' },
        { inode: '4026532178', name: ' two words' },
      ],
      processes: [
        { inode: '4026531840', pid: 1, comm: 'systemd', cgroup: null },
        { inode: '4026532247', pid: 40, comm: '', cgroup: null },
      ],
      count: 12,
      readable: 10,
      more: 5,
    } satisfies NamespaceText);
  });

  it.each(['', 'sh: not found\n', sent({ facts }).slice(0, -14), '@@n1 packet-path 1\n'])(
    'is not half read: %j',
    (text) => {
      expect(parseNamespaceText(text)).toBeNull();
    },
  );

  it('may be nonsense', () => {
    const list = listOf({
      facts: 'uid x\nhas\nown\n',
      names: 'no inode\n12\n\n',
      processes: 'in a b c\nin 1\ncgroup x\ncount x\n',
    });
    expect(list).toEqual({ entries: [], note: '', root: null });
  });
});

describe('the list', () => {
  it('has names first, then processes, and not the own namespace', () => {
    const list = listOf({
      names: '20 red\n10 blue\n4026531840 host\n',
      processes: `count 4\nin 4026531840 1 systemd\nin 10 70 sshd\nin 40 900 pause\nin 30 812 nginx\ncgroup 0::/system.slice/docker-${id}.scope\nreadable 4\n`,
    });
    expect(list).toEqual({
      root: 'login',
      note: '',
      entries: [
        {
          label: 'blue',
          detail: 'named; pid 70 sshd',
          namespace: { kind: 'name', name: 'blue', sudo: false },
          reason: '',
        },
        {
          label: 'red',
          detail: 'named; no process is seen in it',
          namespace: { kind: 'name', name: 'red', sudo: false },
          reason: '',
        },
        {
          label: 'docker 8f8c7899933f',
          detail: 'pid 812 nginx, docker 8f8c7899933f',
          namespace: { kind: 'pid', pid: 812, sudo: false },
          reason: '',
        },
        {
          label: 'pause (pid 900)',
          detail: 'pid 900 pause',
          namespace: { kind: 'pid', pid: 900, sudo: false },
          reason: '',
        },
      ],
    });
  });

  it('never puts a name that a shell would read differently into a command', () => {
    const { entries } = listOf({ names: '10 $(id)\n20 a b\n', processes: 'in 20 70 x\u001b[2Jy\n' });
    expect(entries).toEqual([
      {
        label: '$(id)',
        detail: 'named; no process is seen in it',
        namespace: null,
        reason: 'its name would need quoting, and no process is seen in it',
      },
      { label: 'a b', detail: 'named; pid 70 x [2Jy', namespace: { kind: 'pid', pid: 70, sudo: false }, reason: '' },
    ]);
  });

  it('says what stands in the way', () => {
    const names = '10 blue\n';
    const processes = 'count 9\nin 30 812 nginx\nreadable 3\n';
    const user = listOf({ facts: facts.replace('uid 0', 'uid 1000'), names, processes });
    expect(user.root).toBeNull();
    expect(user.note).toContain('6 of 9 processes');
    expect(user.entries.map(({ namespace }) => namespace)).toEqual([null, null]);
    expect(user.entries[0]?.reason).toContain('sudo without a password');

    const sudoer = listOf({ facts: `${facts.replace('uid 0', 'uid 1000')}sudo works\n`, names, processes });
    expect(sudoer).toMatchObject({ root: 'sudo', note: '' });
    expect(sudoer.entries.map(({ namespace }) => namespace?.sudo)).toEqual([true, true]);

    const bare = listOf({ facts: 'uid 0\nown 1\n', names, processes });
    expect(bare.entries.map(({ reason }) => reason)).toEqual([
      'the host has no ip program (package iproute2), and no process is seen in it',
      'the host has no nsenter, unshare, mount (package util-linux)',
    ]);
  });
});

it('one of the list is found by its name, else by a process in it', () => {
  const list = listOf({ names: '10 blue\n20 77\n', processes: 'in 30 812 nginx\n' });
  expect(namespaceOf(list, 'blue')?.namespace).toEqual({ kind: 'name', name: 'blue', sudo: false });
  expect(namespaceOf(list, '77')?.namespace).toEqual({ kind: 'name', name: '77', sudo: false });
  expect(namespaceOf(list, '812')).toMatchObject({ label: 'nginx (pid 812)' });
  expect(namespaceOf(list, '813')?.namespace).toEqual({ kind: 'pid', pid: 813, sudo: false });
  expect(namespaceOf(list, 'red')).toBeNull();
  expect(namespaceOf(list, '0')).toBeNull();
  expect(namespaceOf({ ...list, root: null }, '813')).toMatchObject({ namespace: null, reason: expect.any(String) });
});

it.each([
  [`0::/system.slice/docker-${id}.scope`, 'docker 8f8c7899933f'],
  [`12:memory:/docker/${id}`, 'docker 8f8c7899933f'],
  [`0::/../docker-${id}.scope/init`, 'docker 8f8c7899933f'],
  [`0::/kubepods.slice/kubepods-pod1.slice/cri-containerd-${id}.scope`, 'container 8f8c7899933f'],
  [`0::/kubepods.slice/kubepods-pod1.slice/crio-${id}.scope`, 'cri-o 8f8c7899933f'],
  [`4:cpu:/kubepods/besteffort/pod2b7a/${id}`, 'container 8f8c7899933f'],
  [`0::/machine.slice/libpod-${id}.scope/container`, 'podman 8f8c7899933f'],
  [`0::/user.slice/user-1000.slice/run-r${id.slice(0, 32)}.scope`, null],
  [null, null],
])('the container of %s is %s', (cgroup, container) => {
  expect(containerOf(cgroup)).toBe(container);
});
