import { printable } from '../kernel/printable.ts';

export type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

/** A text of a host or a file, fit for a value. */
export function sarifText(words: string): string {
  return printable(words, 2000);
}

/** SARIF's own marks in messages are `[link](target)` and `{0}`: no text of a host becomes one. */
export function sarifMessage(words: string): string {
  return sarifText(words)
    .replaceAll('](', '] (')
    .replace(/\{(?=\d)/g, '{ ');
}
