import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { deadline, isAbort, untilAborted } from '../../../src/transport/abort.ts';
import { shellCommand, TransportError } from '../../../src/transport/shell.ts';

describe('deadline', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('stands still during a question and goes on with what was left', async () => {
    const clock = deadline(1000, () => new Error('late'));
    vi.advanceTimersByTime(600);
    let answer: (value: string) => void = () => {};
    const asked = clock.pausedFor(() => new Promise<string>((resolve) => (answer = resolve)));
    vi.advanceTimersByTime(60_000);
    expect(clock.signal.aborted).toBe(false);
    answer('yes');
    expect(await asked).toBe('yes');
    vi.advanceTimersByTime(399);
    expect(clock.signal.aborted).toBe(false);
    vi.advanceTimersByTime(2);
    expect(clock.signal.reason).toEqual(new Error('late'));
  });

  it('stands still until the last of several questions is answered', async () => {
    const clock = deadline(1000, () => new Error('late'));
    const answers: ((value: null) => void)[] = [];
    const ask = (): Promise<null> => clock.pausedFor(() => new Promise((resolve) => answers.push(resolve)));
    vi.advanceTimersByTime(600);
    const asked = [ask()];
    vi.advanceTimersByTime(5000);
    asked.push(ask());
    answers[0]?.(null);
    await asked[0];
    vi.advanceTimersByTime(5000);
    expect(clock.signal.aborted).toBe(false);
    answers[1]?.(null);
    await asked[1];
    vi.advanceTimersByTime(399);
    expect(clock.signal.aborted).toBe(false);
    vi.advanceTimersByTime(2);
    expect(clock.signal.aborted).toBe(true);
  });

  it('stays stopped', async () => {
    const clock = deadline(1000, () => new Error('late'));
    const asked = clock.pausedFor(async () => clock.stop());
    await asked;
    vi.advanceTimersByTime(5000);
    expect(clock.signal.aborted).toBe(false);
  });
});

describe('untilAborted', () => {
  it('gives the outcome, or the reason of the signal', async () => {
    const signal = new AbortController().signal;
    expect(await untilAborted(Promise.resolve(1), signal)).toBe(1);
    await expect(untilAborted(Promise.reject(new Error('own')), signal)).rejects.toThrow('own');
    const never = new Promise<never>(() => {});
    await expect(untilAborted(never, AbortSignal.abort(new Error('before')))).rejects.toThrow('before');
    const later = new AbortController();
    const waiting = untilAborted(never, later.signal);
    later.abort(new Error('after'));
    await expect(waiting).rejects.toThrow('after');
  });
});

describe('shellCommand', () => {
  it('takes plain words only', () => {
    expect(shellCommand(['abc', 'a=1', '/x.y:z,0-9_'])).toBe('sh -s -- abc a=1 /x.y:z,0-9_');
    for (const arg of ['', 'a b', '$x', '`id`', "'", '"', ';', '*', 'a\n', '~']) {
      expect(() => shellCommand([arg]), arg).toThrow('quoting');
    }
  });
});

describe('errors', () => {
  it('end without a period, whatever a host said last', () => {
    const error = new TransportError('lost', 'the connection was lost: Goodbye. \n', 'Try again.');
    expect(error.message).toBe('the connection was lost: Goodbye');
    expect(error.hint).toBe('Try again.');
  });

  it('of giving up are told from failures', () => {
    expect(isAbort(new DOMException('the login was cancelled', 'AbortError'))).toBe(true);
    expect(isAbort(new TransportError('lost', 'gone', ''))).toBe(false);
    expect(isAbort('AbortError')).toBe(false);
  });
});
