/** Questions to the extension that each get one answer. */
export interface Requests<Question, Answer> {
  /** Resolves with the answer; never when the extension is gone or the page was hidden meanwhile. */
  readonly ask: (question: Question) => Promise<Answer>;
  /** An answer has come. */
  readonly settle: (id: number, answer: Answer) => void;
}

export function createRequests<Question, Answer>(
  send: (id: number, question: Question) => void,
): Requests<Question, Answer> {
  const waiting = new Map<number, (answer: Answer) => void>();
  let last = 0;
  return {
    ask: (question) =>
      new Promise((resolve) => {
        last += 1;
        waiting.set(last, resolve);
        send(last, question);
      }),
    settle: (id, answer) => {
      waiting.get(id)?.(answer);
      waiting.delete(id);
    },
  };
}
