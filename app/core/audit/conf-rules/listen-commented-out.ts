import { recordFromAfar } from '../conf-facts.ts';
import { atSetting, type ConfRule } from '../rule.ts';

export const listenCommentedOut: ConfRule = {
  id: 'listen-commented-out',
  severity: 'warning',
  title: 'listen_addresses is only a comment',
  why: 'A line that starts with # says nothing, and the default is localhost: no client on another host gets as far as pg_hba.conf, and sees connection refused.',
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
      const [, text, value] = /^[ \t]*#[ \t]*(listen_addresses[ \t]*=?[ \t]*('[^'\n]*'))/i.exec(raw) ?? [];
      if (text === undefined || value === undefined) continue;
      const meant = value !== "'localhost'";
      if (!meant && !(hba && recordFromAfar(hba))) continue;
      const message = meant
        ? `The line is a comment, so ${value} is not listened on; localhost is.`
        : 'pg_hba.conf lets other hosts in, and the server listens on localhost only, its default.';
      const edit = { kind: 'replace', line: number, text: text.trimEnd() } as const;
      yield atSetting(
        { line: number },
        message,
        ...(meant ? [{ title: 'Take the # away', file: 'postgresql.conf', edits: [edit] } as const] : []),
      );
      return;
    }
  },
};
