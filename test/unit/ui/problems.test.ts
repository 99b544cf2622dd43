import { expect, it, vi } from 'vitest';
import { TransportError } from '../../../src/transport/shell.ts';

// Types of the registry lead to it; nothing of it is used.
vi.mock('vscode', () => ({ EventEmitter: class {} }));
const { problemLine, problemOf } = await import('../../../src/ui/problems.ts');

it.each([
  [new TransportError('auth-failed', 'a@b said no', ''), 'login refused: a@b said no'],
  [new TransportError('needs-attention', 'It wants the password', ''), 'needs you: It wants the password'],
  [new TransportError('unsupported', 'No certificates', '', 'system-ssh'), 'needs system ssh: No certificates'],
  [new TransportError('unsupported', 'web gave no shell', ''), 'web gave no shell'],
  [new Error('disk full'), 'disk full'],
])('a line that may be cut short begins with the kind of failure: %s', (error, line) => {
  expect(problemLine(problemOf(error))).toBe(line);
});
