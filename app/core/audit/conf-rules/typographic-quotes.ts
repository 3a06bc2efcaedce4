import { atSetting, type ConfRule } from '../rule.ts';

export const typographicQuotes: ConfRule = {
  id: 'typographic-quotes',
  severity: 'critical',
  title: 'Quotes from a word processor',
  why: 'Only the straight quote opens and closes a value. A curly one is a character like any letter: the server refuses the line, or takes the quotes for a part of the value.',
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
      const [start = ''] = /^(?:[^#'‘’“”„«»‹›´`]|'(?:[^'\\]|\\.|'')*')*/.exec(text) ?? [];
      if (!/^[‘’“”„«»‹›´`]/.test(text.slice(start.length))) continue;
      const straight = text.replace(/(?<==[ \t]*)[‘’“”„«»‹›´`]([^‘’“”„«»‹›´`']*)[‘’“”„«»‹›´`]/, "'$1'");
      yield atSetting(
        { line: number },
        `${text[start.length]} is no quote for PostgreSQL.`,
        ...(straight === text
          ? []
          : [
              {
                title: 'Use straight quotes',
                file: 'postgresql.conf',
                edits: [{ kind: 'replace', line: number, text: straight }],
              } as const,
            ]),
      );
    }
  },
};
