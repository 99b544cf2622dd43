// The panel's page by itself: the real script and style in Chromium, fed with what the extension would send it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { root } from '../../scripts/paths.mts';
import { parseCapture } from '../../src/capture/frame.ts';
import { observe } from '../../src/capture/observation.ts';
import { rawEntries } from '../../src/capture/raw/entries.ts';
import { explanationView } from '../../src/ui/panel/explanationView.ts';
import { pathView } from '../../src/ui/panel/pathView.ts';
import { viewOf } from '../../src/ui/panel/viewState.ts';
import type { FromPanel, PanelState, ToPanel } from '../../webview/protocol.ts';
import type { RawReply } from '../../webview/rawProtocol.ts';

/** The parts of a browser's window that are used; this file is compiled without the browser's types. */
interface WindowLike {
  postMessage(message: unknown, origin: string): void;
}

/** Opens the page on a capture. What it asks is answered as by the extension, but for the texts of the Raw tab; `heard` is told of it. */
export async function openPanel(
  browser: Browser,
  capture: string,
  name: string,
  heard: (message: FromPanel) => void = () => undefined,
): Promise<Page> {
  const observation = observe(capture);
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
  const send = (message: ToPanel): Promise<void> =>
    page.evaluate(
      (text) => {
        // An ArrayBuffer does not pass the browser's protocol: it comes as the numbers in it.
        const revived: unknown = JSON.parse(text, (_key, value: unknown) =>
          typeof value === 'object' && value !== null && 'float64' in value && Array.isArray(value.float64)
            ? new Float64Array(value.float64.map((number: unknown) => (number === null ? Number.NaN : Number(number))))
                .buffer
            : value,
        );
        (globalThis as unknown as WindowLike).postMessage(revived, '*');
      },
      JSON.stringify(message, (_key, value: unknown) =>
        value instanceof ArrayBuffer ? { float64: [...new Float64Array(value)] } : value,
      ),
    );
  const state: PanelState = {
    identity: { host: name, capture: null },
    title: name,
    tab: 'overview',
    canSnapshot: true,
    busy: null,
    view: viewOf(observation, [], { canAsk: true, answers: [] }),
    emptyReason: null,
  };
  await page.exposeFunction('toExtension', async (message: FromPanel): Promise<void> => {
    heard(message);
    if (message.type === 'ready') return send({ type: 'state', state });
    if (message.type === 'path') return send({ ...message, path: pathView(observation, message.nic) });
    if (message.type === 'raw') return send({ ...message, reply: rawReply(capture, message.request.kind) });
    if (message.type === 'explain') {
      return send({ type: 'explain', id: message.id, explanation: explanationView(observation, message.of) });
    }
  });
  await page.setContent('<!DOCTYPE html><html lang="en"><body class="vscode-dark"><div id="app"></div></body></html>');
  await page.addStyleTag({ content: readFileSync(join(root, 'dist/webview/style.css'), 'utf8') });
  await page.addScriptTag({
    content: `globalThis.acquireVsCodeApi = () => ({
      postMessage: (message) => globalThis.toExtension(message), getState: () => null, setState: () => undefined });`,
  });
  await page.addScriptTag({ content: readFileSync(join(root, 'dist/webview/panel.js'), 'utf8') });
  await page.locator('#view-overview h2').first().waitFor();
  return page;
}

function rawReply(capture: string, kind: string): RawReply {
  if (kind !== 'outline') return { kind: 'nothing', reason: 'this page has no texts' };
  const entries = rawEntries(parseCapture(capture).sections).map((entry) => ({
    id: entry.id,
    kind: entry.kind,
    label: entry.label,
    section: entry.section.name,
    outcome: null,
    bytes: entry.text.length,
    durationMs: null,
  }));
  return { kind: 'outline', entries, omitted: 0 };
}
