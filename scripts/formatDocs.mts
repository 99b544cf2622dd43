// `npm run docs`: writes docs/formats.md from src/kernel/formats.ts, the docstrings of the parsers and types, and the examples.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Format, formats } from '../src/kernel/formats.ts';
import { toJson } from '../src/kernel/json.ts';
import { root } from './paths.mts';

const kernel = join(root, 'src/kernel');
const page = join(root, 'docs/formats.md');

const intro = `# Formats

What \`packet-path parse FORMAT [FILE]\` reads, from a file or stdin, and the JSON it prints. Made by \`npm run docs\` from
\`src/kernel/formats.ts\`, the parsers and their types; do not edit it.

- The JSON is that of the types below: \`ReadonlyMap<K, V>\` is an object, in the order of the text where its keys are no
  numbers; a set, a list and a typed array are arrays. Members are never left out: what a text does not say is \`null\`, or
  absent from a map, never 0. The same text gives the same JSON, byte for byte.
- With \`--json\` it is \`{ "value": ..., "warnings": [{ "line": 1, "message": "..." }] }\`; without, the value alone, warnings
  on stderr. Status 1 when there were warnings.
- Numbers are doubles: exact to 2^53 = 9,007,199,254,740,992, beyond that rounded to the nearest double. Counters of more
  than 20 digits are no counters. An increase over a wrap at 2^32 or 2^64 is made good where two samples are compared
  (\`src/model/delta.ts\`), not here.
- Examples are shortened: \`"... 12 more"\` stands for what is left out.
`;

/** A declaration in a source file, its docstring included. */
interface Declaration {
  readonly file: string;
  readonly text: string;
}

/** The page, as it has to be. Throws on a format whose parser has no docstring. */
export function formatDocs(): string {
  const list = readFileSync(join(kernel, 'formats.ts'), 'utf8');
  const parsers = new Map(
    [...list.matchAll(/name: '([^']+)',[^}]*?parse: (?:\(text\) => )?(\w+)/g)].map(([, name = '', parser = '']) => [
      name,
      parser,
    ]),
  );
  const shown = new Map<string, string>();
  const parts = formats.map((format) => {
    const parser = parsers.get(format.name) ?? '';
    const file = importsOf(list, join(kernel, 'formats.ts')).get(parser);
    if (file === undefined) throw new Error(`${format.name}: no parser found in formats.ts`);
    const first = shown.get(parser);
    shown.set(parser, first ?? format.name);
    return [`## ${format.name}`, `\`${format.source}\``, aboutParser(parser, file, first), ...example(format)].join(
      '\n\n',
    );
  });
  return [intro, toc(), ...parts.map((part) => `${part}\n`)].join('\n');
}

function toc(): string {
  const rows = formats.map(({ name, source }) => `| [${name}](#${name.toLowerCase()}) | \`${source}\` |`);
  return ['| format | source |', '| --- | --- |', ...rows, ''].join('\n');
}

/** What the parser's docstring says and what it returns, or of which format the same stands already. */
function aboutParser(parser: string, file: string, first: string | undefined): string {
  const source = readFileSync(file, 'utf8');
  const found = new RegExp(
    `/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\nexport function ${parser}\\([\\s\\S]*?\\): Parsed<([\\s\\S]*?)> \\{\\n`,
  ).exec(source);
  if (found === null) throw new Error(`${parser} of ${file} has no docstring, or returns no Parsed<...>`);
  if (first !== undefined) return `As [${first}](#${first.toLowerCase()}).`;
  const [, docstring = '', type = ''] = found;
  const declared = declarations(type, file, new Set()).map(({ text }) => text);
  const shape = [`type Value = ${type.replace(/readonly /g, '')};`, ...declared].join('\n\n');
  return `${unwrapped(docstring)}\n\n\`\`\`ts\n${shape}\n\`\`\``;
}

/** The text of a docstring without its stars. */
function unwrapped(docstring: string): string {
  return docstring
    .split('\n')
    .map((line) => line.trim().replace(/^\* ?/, ''))
    .join('\n')
    .trim();
}

/** The types a type is made of, as they stand in the sources, each once. */
function declarations(type: string, file: string, seen: Set<string>): Declaration[] {
  const source = readFileSync(file, 'utf8');
  const imports = importsOf(source, file);
  return [...type.replace(/\/\*\*[\s\S]*?\*\//g, '').matchAll(/\b[A-Z]\w+/g)].flatMap(([name]) => {
    if (seen.has(name)) return [];
    const from = imports.get(name);
    const text = declarationIn(from === undefined ? source : readFileSync(from, 'utf8'), name);
    if (text === null) return [];
    seen.add(name);
    const own = { file: from ?? file, text };
    return [own, ...declarations(text, own.file, seen)];
  });
}

function declarationIn(source: string, name: string): string | null {
  const pattern = `(?:^/\\*\\*(?:(?!\\*/)[\\s\\S])*\\*/\\n)?^(?:export )?(?:interface ${name} (?:extends [^{]*)?\\{[\\s\\S]*?^\\}|type ${name} =[\\s\\S]*?;$)`;
  const found = new RegExp(pattern, 'm').exec(source);
  return found === null ? null : found[0].replace(/^export /m, '').replace(/\breadonly /g, '');
}

/** Names that a source file imports to the files they are from; those of other packages are left out. */
function importsOf(source: string, file: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, names = '', path = ''] of source.matchAll(/import (?:type )?\{([^}]*)\} from '(\.[^']+)'/g)) {
    for (const name of names.split(',')) found.set(name.replace('type ', '').trim(), join(dirname(file), path));
  }
  return found;
}

const fewLines = 5;
const widest = 116;

/** The beginning of the first example and of what becomes of it. */
function example({ examples, parse }: Format): string[] {
  const [file] = examples;
  const path = join(root, 'test/fixtures/kernel', file);
  const text = readFileSync(path, 'utf8');
  const lines = text.trimEnd().split(/\r?\n/);
  const begin = lines
    .slice(0, fewLines)
    .map((line) => (line.length > widest ? `${line.slice(0, widest)}...` : line.trimEnd()));
  const more = lines.length > fewLines ? ['...'] : [];
  const json = JSON.stringify(shortened(JSON.parse(toJson(parse(text).value))), null, 2);
  return [
    `\`test/fixtures/kernel/${file}\`:`,
    `\`\`\`text\n${[...begin, ...more].join('\n')}\n\`\`\``,
    `\`\`\`json\n${onOneLine(json)}\n\`\`\``,
  ];
}

const fewItems = 1;
const fewNumbers = 6;
const fewMembers = 4;
/** No interface has as many members, and every map that says something has more. */
const manyMembers = 24;

function shortened(value: unknown): unknown {
  if (Array.isArray(value)) {
    const few = typeof value[0] === 'number' ? fewNumbers : fewItems;
    if (value.length <= few + 1) return value.map(shortened);
    return [...value.slice(0, few).map(shortened), `... ${value.length - few} more`];
  }
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([key, member]) => [key, shortened(member)]);
  if (members.length <= manyMembers) return Object.fromEntries(members);
  return Object.fromEntries([...members.slice(0, fewMembers), ['...', `... ${members.length - fewMembers} more`]]);
}

/** Short arrays and objects of plain values take one line. */
function onOneLine(json: string): string {
  return json.replace(/([[{])\n\s+([^[\]{}]*?)\n\s+([\]}])/g, (whole, open: string, inner: string, close: string) => {
    const line = `${open}${open === '{' ? ' ' : ''}${inner.replace(/\n\s+/g, ' ')}${open === '{' ? ' ' : ''}${close}`;
    return line.length <= 90 ? line : whole;
  });
}

if (process.argv[1]?.endsWith('formatDocs.mts') === true) {
  writeFileSync(page, formatDocs());
}
