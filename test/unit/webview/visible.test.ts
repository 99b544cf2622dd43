import { describe, expect, it } from 'vitest';
import { visible } from '../../../webview/panel/visible.ts';

describe('visible', () => {
  it('leaves text as it is, whatever it would mean elsewhere', () => {
    for (const text of ['eth0', '<img src=x>', '](command:x)', '$(id)', 'ünïcode 日本', 'two\n\tlines']) {
      expect(visible(text)).toBe(text);
    }
  });

  it('shows that there is something where it would act on what stands around it', () => {
    expect(visible('a\u001b[31mb\u0000\u007f\u009b')).toBe('a\ufffd[31mb\ufffd\ufffd\ufffd');
    expect(visible('r\u202ex\u2066y\u200b\u2028\ud800')).toBe('r\ufffdx\ufffdy\ufffd\ufffd\ufffd');
  });
});
