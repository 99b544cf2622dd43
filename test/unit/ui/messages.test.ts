import { expect, it, vi } from 'vitest';

// Only the pure part is looked at; the module also shows messages.
vi.mock('vscode', () => ({ window: {}, commands: {} }));

it.each([
  ['[Read why](command:workbench.action.quit)', '[Read why] (command:workbench.action.quit)'],
  ['[a](https://x.example "t")[b](file:///etc/passwd)', '[a] (https://x.example "t")[b] (file:///etc/passwd)'],
  ['root@[::1]:2222 (password)', 'root@[::1]:2222 (password)'],
  ['$(verified) VS Code asks', '$ (verified) VS Code asks'],
  ['two\nlines\u001b[31m and \u202ecolour', 'two lines [31m and colour'],
])('makes no link and no icon of %j', async (text, shown) => {
  const { plain } = await import('../../../src/ui/messages.ts');
  expect(plain(text)).toBe(shown);
});
