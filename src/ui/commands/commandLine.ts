/**
 * The words of a command line, for a program that is started without a shell: quotes and backslashes keep spaces as in
 * sh(1), nothing else means anything. Null when a quote is not closed or there is no word.
 */
export function commandWords(line: string): string[] | null {
  const words: string[] = [];
  let word: string | null = null;
  let quote = '';
  for (let i = 0; i < line.length; i++) {
    const char = line[i] ?? '';
    if (char === '\\' && quote !== "'" && i + 1 < line.length) word = (word ?? '') + (line[++i] ?? '');
    else if (quote !== '') {
      if (char === quote) quote = '';
      else word = (word ?? '') + char;
    } else if (char === '"' || char === "'") {
      quote = char;
      word ??= '';
    } else if (/\s/.test(char)) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? '') + char;
  }
  if (word !== null) words.push(word);
  return quote === '' && words.length > 0 && words[0] !== '' ? words : null;
}
