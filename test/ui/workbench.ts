// The workbench as a person sees it: VS Code's server with this clone installed as an extension, in Chromium.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { launchChromium } from '../../scripts/chromium.mts';
import { ensureCodeServer } from '../../scripts/codeServer.mts';
import { artefacts, root } from '../../scripts/paths.mts';
import { quietSettings, startServer } from '../../scripts/vscodeServer.mts';

/** The themes that tests look at, by the names VS Code shows. */
export type Theme = 'Default Dark Modern' | 'Default Light Modern' | 'Default High Contrast';

/** How the theme picker labels them, and the class that the workbench then has. */
const themes = {
  'Default Dark Modern': { label: 'Dark Modern', className: 'vs-dark' },
  'Default Light Modern': { label: 'Light Modern', className: 'vs' },
  'Default High Contrast': { label: 'Dark High Contrast', className: 'hc-black' },
} as const;

/** What a workbench starts from. */
export interface WorkbenchStart {
  /** Folder to open; a copy of it is what the workbench gets. Absent: test/workspace. */
  readonly workspace?: string;
  /**
   * Environment of server and extension host on top of this process's. `HOME` is an empty folder unless given here:
   * tests never see the ssh configuration of whoever runs them.
   */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The folder is not trusted until the user says so. */
  readonly restricted?: boolean;
  /** Settings from the start, `packetPath.*` among them. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** A running workbench. Each test file opens its own and closes it. */
export interface Workbench {
  readonly page: Page;
  /** The copy that is open. */
  readonly workspace: string;
  /** `HOME` of the extension host. */
  readonly home: string;
  /** Where VS Code keeps its settings, state and logs, and extensions their files. */
  readonly dataDir: string;
  /** Chooses the entry of this name, as `Net: Snapshot Host`, in the palette. */
  readonly runCommand: (title: string) => Promise<void>;
  /** Opens a file of the workspace, by its path there, and waits for its editor tab. */
  readonly openFile: (path: string) => Promise<void>;
  readonly setTheme: (theme: Theme) => Promise<void>;
  /** Sets these settings of the extension for the workspace, and no others. VS Code notices within a second. */
  readonly setSettings: (changes: Readonly<Record<`packetPath.${string}`, unknown>>) => void;
  /** The rows of a view, by its title; the view must be visible. */
  readonly tree: (view: string) => Locator;
  /** Shows the extension's own view container. */
  readonly showNetwork: () => Promise<void>;
  /** The document of the one webview that is showing. */
  readonly panelFrame: () => FrameLocator;
  /** Writes artefacts/screenshots/<name>.png. */
  readonly screenshot: (name: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Opens a workbench and waits until the extension's commands can be run. Takes about ten seconds. */
export async function openWorkbench(start: WorkbenchStart = {}): Promise<Workbench> {
  const temporary = mkdtempSync(join(tmpdir(), 'packet-path-ui-'));
  const workspace = join(temporary, 'workspace');
  const home = start.env?.['HOME'] ?? join(temporary, 'home');
  mkdirSync(home, { recursive: true });
  cpSync(start.workspace ?? join(root, 'test', 'workspace'), workspace, { recursive: true });
  const server = await startServer({
    main: ensureCodeServer(),
    installExtension: true,
    workspaceTrust: start.restricted === true,
    env: { ...start.env, HOME: home },
    settings: { ...quietSettings, 'security.workspace.trust.startupPrompt': 'never', ...start.settings },
  });
  const browser = await launchChromium().catch(async (error: unknown) => {
    await server.stop();
    throw error;
  });
  const close = async (): Promise<void> => {
    await browser.close();
    await server.stop();
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
  };
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  const palette = page.locator('.quick-input-widget');

  /** Opens the palette by a key and types. What takes the focus just then (a notification going) closes it again. */
  const askPalette = async (key: string, text: string): Promise<void> => {
    for (let tries = 1; ; tries++) {
      await page.keyboard.press(key);
      try {
        await palette.locator('input').fill(text, { timeout: 3000 });
        return;
      } catch (error) {
        if (tries === 5) throw error;
      }
    }
  };
  const runCommand = async (title: string): Promise<void> => {
    for (let tries = 1; ; tries++) {
      await askPalette('F1', `>${title}`);
      try {
        await palette.getByRole('option', { name: title }).first().click({ timeout: 10_000 });
        return;
      } catch (error) {
        // On a busy machine the list is drawn anew for longer than a click waits for it to stand still.
        if (tries === 3) throw error;
      }
    }
  };
  // The server watches the workspace's settings, not the user's.
  const setSettings = (changes: Readonly<Record<`packetPath.${string}`, unknown>>): void => {
    mkdirSync(join(workspace, '.vscode'), { recursive: true });
    writeFileSync(join(workspace, '.vscode', 'settings.json'), JSON.stringify(changes, null, 2));
  };

  try {
    await page.goto(server.workbenchUrl({ folder: workspace }));
    await page.locator('.activitybar').getByRole('tab', { name: 'Network' }).waitFor({ timeout: 60_000 });
  } catch (error) {
    await close();
    throw error;
  }
  return {
    page,
    workspace,
    home,
    dataDir: server.dataDir,
    runCommand,
    setSettings,
    close,
    openFile: async (path) => {
      const tab = page.getByRole('tab', { name: basename(path) });
      // A click that comes while the list is filled anew chooses nothing.
      for (let attempt = 1; ; attempt += 1) {
        await askPalette('Control+P', path);
        await palette
          .getByRole('option', { name: basename(path) })
          .first()
          .click();
        try {
          await tab.waitFor({ timeout: 10_000 });
          return;
        } catch (error) {
          if (attempt === 3) throw error;
        }
      }
    },
    setTheme: async (theme) => {
      const { label, className } = themes[theme];
      await runCommand('Preferences: Color Theme');
      await palette.locator('input').fill(label);
      await palette.getByRole('option', { name: label }).first().click();
      await page.locator(`.monaco-workbench.${className}`).waitFor();
    },
    tree: (view) => page.getByRole('tree', { name: view }).getByRole('treeitem'),
    showNetwork: async () => {
      const tab = page.locator('.activitybar').getByRole('tab', { name: 'Network' });
      if ((await tab.getAttribute('aria-expanded')) !== 'true') await tab.click();
      await page.getByRole('button', { name: 'Hosts Section' }).waitFor();
    },
    panelFrame: () => page.frameLocator('iframe.webview.ready').frameLocator('#active-frame'),
    screenshot: async (name) => {
      await page.screenshot({ path: join(artefacts, 'screenshots', `${name}.png`) });
    },
  };
}
