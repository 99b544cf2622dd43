import type { CpuPower } from '../model/snapshot.ts';

/** How CPUs save power: `cpufreq/policyN` and `cpu0/cpuidle/stateN`. Empty in virtual machines, which have neither. */
export function readCpuPower(files: ReadonlyMap<string, readonly string[]>): CpuPower {
  const first = (path: string): string | null => files.get(`/sys/devices/system/cpu/${path}`)?.[0]?.trim() ?? null;
  const governors = new Map<string, Set<string>>();
  const idleStates: CpuPower['idleStates'][number][] = [];
  for (const path of files.keys()) {
    const policy = /cpufreq\/(policy\d+)\/scaling_governor$/.exec(path)?.[1];
    if (policy !== undefined) {
      const governor = first(`cpufreq/${policy}/scaling_governor`) ?? '';
      const drivers = governors.get(governor) ?? new Set<string>();
      governors.set(governor, drivers.add(first(`cpufreq/${policy}/scaling_driver`) ?? 'unknown'));
    }
    const state = /cpu0\/cpuidle\/(state\d+)\/name$/.exec(path)?.[1];
    if (state === undefined) continue;
    const latency = Number(first(`cpu0/cpuidle/${state}/latency`) ?? Number.NaN);
    const disabled = first(`cpu0/cpuidle/${state}/disable`);
    idleStates.push({
      name: first(`cpu0/cpuidle/${state}/name`) ?? state,
      latencyUs: Number.isFinite(latency) ? latency : null,
      disabled: disabled === null ? null : disabled !== '0',
    });
  }
  return { governors: new Map([...governors].map(([governor, drivers]) => [governor, [...drivers]])), idleStates };
}
