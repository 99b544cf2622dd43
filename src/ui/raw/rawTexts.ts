import * as vscode from 'vscode';
import type { RawEntryView, RawReply, RawRequest } from '../../../webview/rawProtocol.ts';
import { parseCapture } from '../../capture/frame.ts';
import { decodeNetsnap } from '../../capture/netsnap.ts';
import type { RawEntry } from '../../capture/raw/entries.ts';
import { linesOfPage, type Pages, pageOfLine, pagesOf } from '../../capture/raw/pages.ts';
import { searchRaw } from '../../capture/raw/search.ts';
import type { RawValue } from '../../capture/raw/value.ts';
import { toJson } from '../../kernel/json.ts';
import { engineInUse, loadEngine } from '../loadEngine.ts';

/** More rows than this no list shows. */
const mostEntries = 3000;
/** Of a value as JSON the panel is sent so much; an editor shows all of it. */
const mostJson = 100_000;
/** A capture that nobody asked about for so long is read again. */
const keptMs = 60_000;

interface Opened {
  readonly uri: string;
  readonly entries: readonly RawEntry[];
  /** Of the text that was asked about last. */
  pages: { readonly entry: RawEntry; readonly pages: Pages } | null;
}

/** The texts of captures, for panels and editors. The last capture asked about is kept for a minute. */
export class RawTexts implements vscode.Disposable {
  #opened: Promise<Opened> | null = null;
  #uri = '';
  #forget: NodeJS.Timeout | undefined;

  /** Answers a panel; what goes wrong is an answer too. */
  async reply(capture: vscode.Uri | undefined, request: RawRequest): Promise<RawReply> {
    if (capture === undefined) return nothing('there is no capture behind this panel');
    try {
      return answer(await this.#open(capture), request);
    } catch (error) {
      return nothing(`the capture cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** The text of an entry, or what is made of it as JSON. Rejects when there is no such entry or value. */
  async text(capture: vscode.Uri, id: string, parsed: boolean): Promise<string> {
    const { entries } = await this.#open(capture);
    const entry = entries.find((each) => each.id === id);
    if (entry === undefined) throw new Error('this capture has no such section any more');
    if (!parsed) return entry.text;
    const value = engineInUse().valueOfText(entry);
    if (!value.ok) throw new Error(value.reason);
    return `${toJson(value.value)}\n`;
  }

  /** The entries of a capture. Rejects when it cannot be read. */
  async entries(capture: vscode.Uri): Promise<readonly RawEntry[]> {
    return (await this.#open(capture)).entries;
  }

  dispose(): void {
    clearTimeout(this.#forget);
    this.#opened = null;
  }

  #open(capture: vscode.Uri): Promise<Opened> {
    const uri = capture.toString();
    if (this.#opened === null || this.#uri !== uri) {
      this.#uri = uri;
      this.#opened = openedFrom(capture);
      // One that failed is tried again.
      this.#opened.catch(() => this.#uri === uri && this.dispose());
    }
    clearTimeout(this.#forget);
    this.#forget = setTimeout(() => this.dispose(), keptMs);
    return this.#opened;
  }
}

async function openedFrom(capture: vscode.Uri): Promise<Opened> {
  const text = await decodeNetsnap(await vscode.workspace.fs.readFile(capture));
  const { rawEntries } = await loadEngine();
  return { uri: capture.toString(), entries: rawEntries(parseCapture(text).sections), pages: null };
}

function answer(opened: Opened, request: RawRequest): RawReply {
  if (request.kind === 'outline') {
    const entries = opened.entries.slice(0, mostEntries).map(viewOfEntry);
    return { kind: 'outline', entries, omitted: opened.entries.length - entries.length };
  }
  if (request.kind === 'search' && request.entry === null) {
    return {
      kind: 'search',
      ...searchRaw(
        opened.entries.filter(({ isSplit }) => !isSplit),
        request.text,
      ),
    };
  }
  const entry = opened.entries.find(({ id }) => id === request.entry);
  if (entry === undefined) return nothing('this capture has no such section');
  if (request.kind === 'search') return { kind: 'search', ...searchRaw([entry], request.text) };
  const pages = pagesOfEntry(opened, entry);
  if (request.kind === 'value')
    return valueReply(
      request.line === null ? engineInUse().valueOfText(entry) : engineInUse().valueOfLine(entry, pages, request.line),
    );
  const page = pageOfLine(pages, request.line);
  return {
    kind: 'page',
    entry: entry.id,
    firstLine: pages.starts[page]?.line ?? 0,
    totalLines: pages.lines,
    page,
    pages: pages.starts.length,
    lines: linesOfPage(entry.text, pages, page),
  };
}

function viewOfEntry({ id, kind, label, text, section }: RawEntry): RawEntryView {
  const { status, startedAt, endedAt } = section;
  const isSection = kind === 'section';
  return {
    id,
    kind,
    label,
    section: section.name,
    outcome: isSection
      ? { ...engineInUse().outcomeOf(section), status: status === null ? 'none' : String(status) }
      : null,
    bytes: Buffer.byteLength(text),
    durationMs: !isSection || startedAt === null || endedAt === null ? null : Math.round((endedAt - startedAt) * 1000),
  };
}

function pagesOfEntry(opened: Opened, entry: RawEntry): Pages {
  if (opened.pages?.entry !== entry) opened.pages = { entry, pages: pagesOf(entry.text) };
  return opened.pages.pages;
}

function valueReply(value: RawValue): RawReply {
  if (!value.ok) return nothing(value.reason);
  const json = toJson(value.value);
  const cut = json.length > mostJson ? `the first ${mostJson} of ${json.length} characters: an editor shows all` : '';
  const note = [value.note, cut].filter((line) => line !== '').join('\n');
  return { kind: 'value', title: value.title, json: json.slice(0, mostJson), note };
}

function nothing(reason: string): RawReply {
  return { kind: 'nothing', reason };
}
