// The browser that shows the workbench to tests.
import { type Browser, chromium } from 'playwright-core';
import { findChromium } from './system.mts';

/** Starts the system's Chromium without a window. The caller closes it, on signals too. */
export function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('No Chromium found. Install one, or name it in PACKET_PATH_CHROMIUM.');
  // Chromium's sandbox refuses to run as root; /dev/shm is 64 MB in many containers.
  const args = ['--disable-dev-shm-usage', '--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  return chromium.launch({ executablePath, args, handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false });
}
