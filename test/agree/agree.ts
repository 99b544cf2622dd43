import { agreementsOn } from './host.ts';

const agreements = agreementsOn(process.argv.slice(2));
const line = (text: string): boolean => process.stdout.write(`${text}\n`);
const shown = 20;
for (const { tool, agree, differ, lacking } of agreements) {
  line(`${tool.padEnd(22)} ${agree} agree, ${differ.length} differ, ${lacking.length} not in the snapshot`);
  for (const text of differ.slice(0, shown)) line(`  differs: ${text}`);
  for (const name of lacking.slice(0, shown)) line(`  not read: ${name}`);
}
process.exitCode = agreements.every(({ differ }) => differ.length === 0) ? 0 : 1;
