/** A piece of a sentence; `code` is what stood between backticks. */
export interface Piece {
  readonly code: boolean;
  readonly words: string;
}

/** A sentence cut at its pairs of backticks; an odd one out stays a backtick. */
export function codeSpans(sentence: string): readonly Piece[] {
  const parts = sentence.split('`');
  if (parts.length % 2 === 0) parts.push(parts.splice(-2).join('`'));
  return parts.map((words, index) => ({ code: index % 2 === 1, words })).filter(({ words }) => words !== '');
}
