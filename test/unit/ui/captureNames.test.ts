import { expect, it } from 'vitest';
import { type Host, hostNamed, localHost, namespaceHost } from '../../../src/hosts/host.ts';
import {
  captureBaseName,
  captureHostLabel,
  fileNameOf,
  importedName,
  labelsByFileName,
  newestFirst,
  readCaptureName,
} from '../../../src/ui/captureNames.ts';

const web: Host = { kind: 'command', id: 'command:the web', label: 'the web', command: ['env'] };
const inside = namespaceHost(hostNamed('web-1'), { kind: 'name', name: 'blue', sudo: false }, 'blue');
const process = namespaceHost(web, { kind: 'pid', pid: 42, sudo: true }, 'docker 1a2b');

it('name a host as the Hosts view does', () => {
  const labels = labelsByFileName([web, inside, process]);
  const shown = [localHost, web, inside, process].map((host) => captureHostLabel(fileNameOf(host), labels));
  expect(shown).toEqual(['This machine', 'the web', 'web-1 / blue', 'the web / docker 1a2b']);
});

it('name one that is no longer known as well as they can', () => {
  const none = labelsByFileName([]);
  const hosts = [web, inside, process, hostNamed('web-1'), hostNamed('my_host-deadbeef')];
  expect(hosts.map((host) => captureHostLabel(fileNameOf(host), none))).toEqual([
    'the_web',
    'web-1 / blue',
    'the_web / pid 42',
    'web-1',
    'my_host-deadbeef',
  ]);
});

it('are read back, and sorted by time and number', () => {
  const base = captureBaseName(hostNamed('web-1'), new Date('2026-11-23T10:15:00.123Z'));
  expect(readCaptureName(`${base}-2.netsnap.gz`)).toEqual({
    host: 'web-1',
    takenAt: Date.UTC(2026, 10, 23, 10, 15),
    kind: 'snapshot',
  });
  const made = importedName('web-1', new Date('2026-11-23T10:15:00Z'), 'sosreport');
  expect(readCaptureName(made)).toEqual({ host: 'web-1', takenAt: Date.UTC(2026, 10, 23, 10, 15), kind: 'sosreport' });
  expect(readCaptureName('notes.txt')).toBeNull();
  const names = ['', '-2', '-10'].map((number) => `${base}${number}.netsnap.gz`);
  const older = 'web-1_20251123T101500Z.netsnap.gz';
  expect([older, ...names].sort(newestFirst)).toEqual([...names.toReversed(), older]);
});
