import { describe, expect, it } from 'vitest';
import { markdownCell, markdownCode, markdownText } from '../../../src/report/escape.ts';
import { html, sentence } from '../../../src/report/html.ts';

describe('Markdown', () => {
  it.each([
    ['net.core.netdev_max_backlog 1000 -> 2000', 'net.core.netdev_max_backlog 1000 -> 2000'],
    ['the link `ethtool -g eth0` shows', 'the link `ethtool -g eth0` shows'],
    ['[x](command:y) ![i](z)', '\\[x\\](command:y) !\\[i\\](z)'],
    ['<img src=x> &lt;', '\\<img src=x> \\&lt;'],
    ['# heading', '\\# heading'],
    ['1. item', '1\\. item'],
    ['6.1.0', '6.1.0'],
    ['_a_ *b*', '\\_a\\_ \\*b\\*'],
    ['odd ` tick', 'odd \\` tick'],
    ['see https://example.com', 'see https\\://example.com'],
    ['two\nlines\u202e', 'two lines'],
  ])('of %j has no meaning but code', (text, expected) => {
    expect(markdownText(text)).toBe(expected);
  });

  it('of code stays code, whatever is in it', () => {
    expect(markdownCode('a`b')).toBe('`` a`b ``');
    expect(markdownCell(markdownCode('a|b'))).toBe('`a\\|b`');
    expect(markdownCell(markdownText('a|b'))).toBe('a\\|b');
  });
});

describe('HTML', () => {
  it('of a host’s text is text, between tags and between quotes', () => {
    expect(html`<p title="${'" onload="x'}">${'<script>&\u0000'}</p>`.markup).toBe(
      '<p title="&quot; onload=&quot;x">&lt;script&gt;&amp;</p>',
    );
  });

  it('keeps the blanks between pieces of a sentence', () => {
    expect(html`${sentence('set `a<b` and `c`, then')}`.markup).toBe(
      'set <code>a&lt;b</code> and <code>c</code>, then',
    );
  });
});
