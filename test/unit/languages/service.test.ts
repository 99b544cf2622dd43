import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineIndex } from '../../../src/languages/service/lineIndex.ts';
import { hostPlace, languageOfFile } from '../../../src/languages/service/siblings.ts';

test('a file of a workspace has its place on a host by the folders it is in', () => {
  expect(hostPlace('sysctl', '/home/me/infra/web/etc/sysctl.d/90-net.conf')).toEqual({
    root: '/home/me/infra/web',
    path: '/etc/sysctl.d/90-net.conf',
  });
  expect(hostPlace('sysctl', '/infra/usr/lib/sysctl.d/50-default.conf')).toEqual({
    root: '/infra',
    path: '/usr/lib/sysctl.d/50-default.conf',
  });
  expect(hostPlace('sysctl', '/roles/net/files/sysctl.d/a.conf')).toEqual({
    root: '/roles/net/files',
    path: '/etc/sysctl.d/a.conf',
  });
  expect(hostPlace('sysctl', '/x/etc/sysctl.conf')).toEqual({ root: '/x', path: '/etc/sysctl.conf' });
  expect(hostPlace('sysctl', '/x/etc/ufw/sysctl.conf')).toEqual({ root: '/x', path: '/etc/ufw/sysctl.conf' });
  expect(hostPlace('sysctl', '/etc/sysctl.conf')).toEqual({ root: '', path: '/etc/sysctl.conf' });
  expect(hostPlace('udev-rules', '/x/lib/udev/rules.d/70-a.rules')).toEqual({
    root: '/x',
    path: '/lib/udev/rules.d/70-a.rules',
  });
  expect(hostPlace('systemd-link', '/x/usr/local/lib/systemd/network/10-eth.link')).toEqual({
    root: '/x',
    path: '/usr/local/lib/systemd/network/10-eth.link',
  });
  expect(hostPlace('sysctl', '/x/sysctl.d/old/a.conf')).toBeNull();
  expect(hostPlace('sysctl', '/x/notes.conf')).toBeNull();
  // A place all the same, though one that nobody reads.
  expect(hostPlace('udev-rules', '/x/etc/udev/70-a.rules')).toEqual({ root: '/x', path: '/etc/udev/70-a.rules' });
  expect(hostPlace('systemd-link', '/x/etc/systemd/a.link')).toEqual({ root: '/x', path: '/etc/systemd/a.link' });
  expect(hostPlace('systemd-link', '/x/etc/systemd/network/a.link.d/b.conf')).toBeNull();
});

test('a language is known by the name of the file', () => {
  const files = ['/etc/sysctl.conf', 'sysctl.conf', '/a/sysctl.d/b.conf', '/a/udev/rules.d/1.rules', '/a/b.rules'];
  expect(files.map(languageOfFile)).toEqual(['sysctl', 'sysctl', 'sysctl', 'udev-rules', null]);
  expect(languageOfFile('/etc/systemd/network/10-a.link')).toBe('systemd-link');
  expect(languageOfFile('/etc/systemd/network/10-a.network')).toBeNull();
});

test('offsets and lines are one to one, whatever ends the lines', () => {
  const pieces = fc.array(fc.constantFrom('a', 'é', '\r', '\n', '\r\n', '#', '😀'), { maxLength: 40 });
  fc.assert(
    fc.property(pieces, (parts) => {
      const text = parts.join('');
      const index = lineIndex(text);
      for (let offset = 0; offset <= text.length; offset += 1) {
        const position = index.positionOf(offset);
        expect(index.offsetOf(position)).toBe(offset);
        expect(index.startOf(position.line)).toBeLessThanOrEqual(offset);
      }
      const lines = text.split(/\r\n|\n|\r/);
      expect(index.lineCount).toBe(lines.length);
      lines.forEach((line, at) => {
        expect(text.slice(index.startOf(at), index.endOf(at))).toBe(line);
      });
    }),
  );
});
