import { splitGrep } from '../kernel/multiFile.ts';
import type { BootInit } from '../model/bootConfig.ts';
import type { BootFiles } from './bootFiles.ts';
import type { Sections } from './sections.ts';

const sysctlUnits = [
  '/etc/systemd/system/systemd-sysctl.service',
  '/run/systemd/system/systemd-sysctl.service',
] as const;

/** Which init a host has, from what is there while it runs, and which program of it applies sysctl files. */
export function bootInit(sections: Sections, list: BootFiles | null): BootInit {
  if (list === null) return { name: null, reader: null, why: 'the capture does not list the files that tell' };
  const has = (path: string): boolean => list.exists.has(path);
  if (has('/run/systemd/system')) {
    const masked = sysctlUnits.find((unit) => list.files.get(unit)?.target === '/dev/null');
    if (masked !== undefined) {
      return { name: 'systemd', reader: null, why: `systemd-sysctl.service is masked by ${masked}` };
    }
    return { name: 'systemd', reader: 'systemd-sysctl', why: 'systemd runs (/run/systemd/system is there)' };
  }
  const first = splitGrep(sections.wholeText('ident'))
    .find(({ path }) => path === '/proc/1/comm')
    ?.text.trim();
  if (has('/run/openrc/softlevel')) {
    if (!has('/etc/init.d/sysctl'))
      return { name: 'openrc', reader: null, why: 'OpenRC runs and has no sysctl service' };
    return {
      name: 'openrc',
      reader: 'procps',
      why: 'OpenRC runs; its sysctl service applies the same files in the same order',
    };
  }
  if (first === 'init' && has('/etc/init/procps.conf')) {
    return { name: 'upstart', reader: 'upstart-procps', why: 'upstart has the job /etc/init/procps.conf' };
  }
  if (first === 'init' && has('/etc/init.d/procps')) {
    return { name: 'sysvinit', reader: 'procps', why: 'the boot script /etc/init.d/procps runs sysctl --system' };
  }
  const what = first === undefined ? 'its first process is not known' : `its first process is ${first}`;
  return { name: null, reader: null, why: `no init that we know runs here (${what})` };
}
