import { goneUdevOptions, udevOptions } from '../../knowledge/udevKeys.ts';
import type { Problem } from '../service/languageService.ts';
import { problem, replaced, sureFix } from '../service/problem.ts';
import { didYouMean, nearestName } from '../text/nearest.ts';
import type { UdevToken } from './udevRules.ts';

/** log_level_from_string() of systemd. */
const logLevel = /^(?:emerg|alert|crit|err|warning|notice|info|debug|[0-7]|reset)$/;

/** The value of OPTIONS: one option, by its whole name. */
export function checkOption(token: UdevToken): Problem[] {
  const { value, valueSpan, span } = token;
  const [, name = value, setting = null] = /^([^=]*=)(.*)$/.exec(value) ?? [];
  const gone = goneUdevOptions.get(name);
  if (gone !== undefined) {
    return [
      problem({
        code: 'option-gone',
        severity: 'warning',
        span: valueSpan,
        message: `udev ignores ${value}: ${gone}`,
        unnecessary: true,
      }),
    ];
  }
  if (name === 'link_priority=' && !/^[+-]?(?:0x[0-9a-f]+|\d+)$/i.test(setting ?? ''))
    return [
      problem({
        code: 'option-value',
        severity: 'error',
        span: valueSpan,
        message: `"${setting ?? ''}" is no priority: a whole number`,
      }),
    ];
  if (name === 'log_level=' && !logLevel.test(setting ?? ''))
    return [
      problem({
        code: 'option-value',
        severity: 'error',
        span: valueSpan,
        message: `"${setting ?? ''}" is no log level: emerg to debug, 0 to 7, or reset`,
      }),
    ];
  const known = [...udevOptions.keys()].some((option) => option === value || (option.endsWith('=') && option === name));
  // dump came with systemd 258.
  if (known) return [];
  const several = value.split(/[\s,]+/).filter((word) => word !== '');
  const meant = nearestName(value, udevOptions.keys());
  return [
    problem({
      code: 'unknown-option',
      severity: 'warning',
      span: valueSpan,
      message: `udev ignores the option "${value}"`,
      why: several.length > 1 ? 'OPTIONS takes one option; write OPTIONS+= once for each.' : didYouMean(meant),
      fixes:
        several.length > 1
          ? [
              sureFix(
                'Write one OPTIONS+= for each',
                replaced(span, several.map((option) => `OPTIONS+="${option}"`).join(', ')),
              ),
            ]
          : meant === null
            ? []
            : [sureFix(`Change it to ${meant}`, replaced(valueSpan, meant))],
    }),
  ];
}
