import { expect, it } from 'vitest';
import lock from '../../package-lock.json' with { type: 'json' };

interface Locked {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

// npm leaves a platform's package out when the registry does not have it at that moment; `npm ci` then refuses the file.
it('locks the optional packages of every platform', () => {
  const packages: Readonly<Record<string, Locked>> = lock.packages;
  const missing = Object.values(packages)
    .flatMap(({ optionalDependencies }) => Object.keys(optionalDependencies ?? {}))
    .filter((name) => !(`node_modules/${name}` in packages));
  expect(missing).toEqual([]);
});
