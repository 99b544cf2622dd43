import { expect, it } from 'vitest';
import { UsageError } from '../../../src/cli/exit.ts';
import { type TuneArguments, tuneOptions } from '../../../src/cli/tune.ts';

const none: TuneArguments = { form: 'udev', all: false, service: [], running: false, undo: false };

it('takes tunings in any case, all of them, none for what findings ask for, and services', () => {
  const ids = (args: Partial<TuneArguments>): string[] => tuneOptions({ ...none, ...args }).tunings.map(({ id }) => id);
  expect(ids({})).toEqual([]);
  expect(ids({ tuning: 't10, T2' })).toEqual(['T10', 'T2']);
  expect(ids({ all: true })).toHaveLength(19);
  const { services, rttMs, nic, form } = tuneOptions({ ...none, service: ['udp4:53'], rtt: '40', nic: 'eth0' });
  expect(services).toEqual([{ flow: 'udp4', port: 53 }]);
  expect([rttMs, nic, form.id]).toEqual([40, 'eth0', 'udev']);
});

it.each([
  [{ form: 'toml' }, /--form must be one of sysctl, udev, link/],
  [{ tuning: 'T20' }, /no tuning "T20"/],
  [{ tuning: 'T1', all: true }, /either --all or --tuning/],
  [{ rtt: 'soon' }, /--rtt/],
  [{ rtt: '0' }, /--rtt/],
  [{ service: ['53'] }, /--service/],
  [{ service: ['udp4:70000'] }, /--service/],
  [{ running: true, undo: true }, /--running stands alone/],
] as const)('refuses %j', (args, message) => {
  const refused = (): unknown => tuneOptions({ ...none, ...args });
  expect(refused).toThrow(UsageError);
  expect(refused).toThrow(message);
});
