import fc from 'fast-check';
import { anyText } from '../fuzz.ts';

/** Texts of what rules are made of, whole ones and broken ones, and any text at all. */
export const anyRules = fc.oneof(
  anyText,
  fc
    .array(
      fc.constantFrom(
        ...[
          'ACTION',
          '=="add"',
          ', ',
          ' ',
          '\\\n',
          '\n',
          '\r\n',
          '# x\n',
          '  ',
          'ATTR{a}',
          '=',
          '"',
          'e"a\\"b"',
          "'x'",
        ],
        ...[
          'RUN+="/bin/x $name"',
          '{',
          '}',
          '\\',
          ',',
          '+=',
          'i"A"',
          '\r',
          'GOTO="end"',
          'LABEL="end"\n',
          'é\u{1f600}',
        ],
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join('')),
);
