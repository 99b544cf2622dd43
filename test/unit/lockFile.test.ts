import { expect, it } from 'vitest';
import lock from '../../package-lock.json' with { type: 'json' };

// npm leaves a platform's package out when the registry does not have it at that moment; `npm ci` then refuses the file.
it('locks the optional packages of every platform', () => {
  const missing = Object.values(lock.packages)
    .flatMap((one) => ('optionalDependencies' in one ? Object.keys(one.optionalDependencies) : []))
    .filter((name) => !(`node_modules/${name}` in lock.packages));
  expect(missing).toEqual([]);
});
