import { recordFromAfar } from '../../postgres/conf/facts.ts';
import { atSetting, type ConfRule } from '../rule.ts';

export const listenCommentedOut: ConfRule = {
  id: 'listen-commented-out',
  severity: 'medium',
  title: 'listen_addresses is commented out',
  why: 'PostgreSQL ignores lines that start with #, and the default is localhost. Clients on other hosts never reach pg_hba.conf; they get “connection refused”.',
  wrong: "#listen_addresses = '10.0.0.5'",
  right: "listen_addresses = 'localhost, 10.0.0.5'",
  references: [
    {
      title: 'PostgreSQL manual, Connections and Authentication',
      url: 'https://www.postgresql.org/docs/current/runtime-config-connection.html',
    },
  ],
  *check({ conf, settings, whole, hba }) {
    if (!whole || settings.has('listen_addresses')) return;
    for (const { number, raw } of conf.lines) {
      const comment = /^[ \t]*#[ \t]*(listen_addresses[ \t]*=?[ \t]*('[^']*')(?:[ \t]*#.*)?)/i.exec(raw);
      if (!comment) continue;
      const [, text = '', value = ''] = comment;
      const meant = value !== "'localhost'";
      if (!meant && !(hba && recordFromAfar(hba))) continue;
      const message = meant
        ? `The line is a comment, so the server listens on localhost and not on ${value}.`
        : 'pg_hba.conf allows other hosts to connect, but the server listens only on localhost, its default.';
      const edit = { kind: 'replace', line: number, text } as const;
      yield atSetting(
        { line: number },
        message,
        ...(meant
          ? [
              {
                title: 'Uncomment the line',
                file: 'postgresql.conf',
                edits: [edit],
                promise: { kind: 'settings', names: ['listen_addresses'] },
              } as const,
            ]
          : []),
      );
      return;
    }
  },
};
