import type { BootConfig } from '../../model/bootConfig.ts';

export const mainFile = '/etc/sysctl.conf';

/** Whether nothing reads /etc/sysctl.conf at boot: systemd-sysctl does only where a link in sysctl.d leads to it, which Debian 13 no longer has. */
export function isMainFileIgnored({ init, sysctl }: Pick<BootConfig, 'init' | 'sysctl'>): boolean {
  if (!sysctl.ok || init.reader !== 'systemd-sysctl') return false;
  return !sysctl.value.files.some(({ target, state }) => target === mainFile && state === 'applied');
}
