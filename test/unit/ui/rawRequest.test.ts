import { expect, it } from 'vitest';
import { asRawRequest } from '../../../src/ui/raw/rawRequest.ts';

it.each([
  { kind: 'outline' },
  { kind: 'page', entry: '1.2', line: 5 },
  { kind: 'search', text: 'x', entry: null },
  { kind: 'search', text: 'x', entry: '3' },
  { kind: 'value', entry: '3', line: null },
])('takes %j', (request) => expect(asRawRequest(request)).toEqual(request));

it.each([
  null,
  'outline',
  {},
  { kind: 'page', entry: '1' },
  { kind: 'page', entry: '1', line: 0.5 },
  { kind: 'page', line: 1 },
  { kind: 'search', entry: '1' },
  { kind: 'value', line: 1 },
  { kind: 'constructor' },
])('refuses %j', (request) => expect(asRawRequest(request)).toBeNull());
