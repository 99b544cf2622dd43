import { describe, expect, it } from 'vitest';
import { arfsConditions } from '../../../src/diagnosis/arfs.ts';
import type { Nic, NicQueue } from '../../../src/model/snapshot.ts';
import { have, nicOf, snapshotOf } from './build.ts';

const rx = (index: number, flowCount: number | null): NicQueue => ({ direction: 'rx', index, cpus: [], flowCount });

interface Setup {
  readonly entries?: string;
  readonly config?: Readonly<Record<string, string>>;
  readonly nic?: Partial<Nic>;
}

function states({ entries, config, nic }: Setup): readonly string[] {
  const snapshot = {
    ...snapshotOf({
      after: {},
      ...(entries === undefined ? {} : { sysctl: { 'net.core.rps_sock_flow_entries': entries } }),
    }),
    ...(config === undefined ? {} : { kernelConfig: have(new Map(Object.entries(config))) }),
  };
  return arfsConditions(snapshot, nicOf('eth0', nic)).map(({ state }) => state);
}

const ntuple = (active: boolean, fixed = false) => ({
  features: have([{ name: 'ntuple-filters', active, fixed, requested: null }]),
});

describe('arfsConditions', () => {
  it('are all met on a NIC that is set up', () => {
    const nic = { ...ntuple(true), driver: 'mlx5_core', queues: [rx(0, 4096), rx(1, 4096)] };
    expect(states({ entries: '32768', config: { CONFIG_RPS: 'y', CONFIG_RFS_ACCEL: 'y' }, nic })).toEqual(
      Array(5).fill('met'),
    );
  });

  it('are unmet one by one, each for its own reason', () => {
    const nic = { ...ntuple(false), driver: 'igb', queues: [rx(0, 4096), rx(1, 0)] };
    expect(states({ entries: '0', config: { CONFIG_RPS: 'n' }, nic })).toEqual(Array(5).fill('unmet'));
  });

  it('are not known where the host does not say', () => {
    expect(states({ nic: { queues: [rx(0, null)] } })).toEqual(Array(5).fill('unknown'));
    expect(states({})[1]).toBe('unknown');
  });

  it('say what to set, and nothing where nothing can be set', () => {
    const [, , off] = arfsConditions(snapshotOf({ after: {} }), nicOf('eth0', ntuple(false)));
    const [, , fixed, driver] = arfsConditions(
      snapshotOf({ after: {} }),
      nicOf('eth0', { ...ntuple(false, true), driver: 'virtio_net' }),
    );
    expect(off?.toDo).toContain('ntuple on');
    expect(fixed).toMatchObject({ toDo: null, found: expect.stringContaining('[fixed]') });
    expect(driver).toMatchObject({ state: 'unmet', found: expect.stringContaining('virtio_net') });
  });

  it('count the queues that are not set', () => {
    const half = nicOf('eth0', { queues: [rx(0, 4096), rx(1, 0), rx(2, 0)] });
    expect(arfsConditions(snapshotOf({ after: {} }), half)[1]?.found).toBe('0 on 2 of 3 queues');
  });
});
