import { atSetting, type ConfRule } from '../rule.ts';

const MARKS = '‘’“”„«»‹›´`';

/** The text before the first typographic mark that is neither in straight quotes nor in a comment. */
const BEFORE = new RegExp(`^(?:[^#'${MARKS}]|'(?:[^'\\\\]|\\\\.)*')*`);

/** A whole value between two marks, up to the line's end or comment; in straight quotes a backslash would start an escape. */
const VALUE = new RegExp(`^[${MARKS}]([^'\\\\]*?)[${MARKS}](?=[ \\t]*(?:#|$))`);

export const typographicQuotes: ConfRule = {
  id: 'typographic-quotes',
  severity: 'high',
  title: 'Typographic quotes',
  why: 'Only the straight single quote delimits a value. A typographic quote is an ordinary character: the server rejects the line, or treats the quotes as part of the value.',
  wrong: 'listen_addresses = ‘*’',
  right: "listen_addresses = 'localhost'",
  references: [
    {
      title: 'PostgreSQL manual, Setting Parameters',
      url: 'https://www.postgresql.org/docs/current/config-setting.html',
    },
  ],
  *check({ conf }) {
    for (const { number, raw } of conf.lines) {
      const text = raw.replace(/[\r\n]+$/, '');
      const [start = ''] = BEFORE.exec(text) ?? [];
      const rest = text.slice(start.length);
      const mark = rest.charAt(0);
      if (mark === '' || !MARKS.includes(mark)) continue;
      const straight = /^[^=]*=[ \t]*$/.test(start) ? rest.replace(VALUE, "'$1'") : rest;
      yield atSetting(
        { line: number },
        `PostgreSQL doesn't accept ${mark} as a quotation mark.`,
        ...(straight === rest
          ? []
          : [
              {
                title: 'Use straight quotes',
                file: 'postgresql.conf',
                edits: [{ kind: 'replace', line: number, text: start + straight }],
                reads: true,
                promise: { kind: 'settings', names: [start.replace(/[ \t=]/g, '').toLowerCase()] },
              } as const,
            ]),
      );
    }
  },
};
