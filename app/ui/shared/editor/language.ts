import { HighlightStyle, StreamLanguage, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { tags } from '@lezer/highlight';

const METHODS =
  /^(?:trust|reject|md5|password|scram-sha-256|gss|sspi|krb5|ident|peer|pam|ldap|radius|cert|bsd|oauth|crypt)(?=[\s,]|$)/;

/** pg_hba.conf: approximate highlighting for reading. The engine does the actual parsing. */
const hba = StreamLanguage.define<{ field: number }>({
  name: 'pg_hba.conf',
  startState: () => ({ field: 0 }),
  token(stream, state) {
    if (stream.sol()) state.field = 0;
    if (stream.eatSpace()) return null;
    if (stream.peek() === '#') {
      stream.skipToEnd();
      return 'comment';
    }
    const first = state.field++ === 0;
    if (
      first &&
      stream.match(
        /^(?:local|host|hostssl|hostnossl|hostgssenc|hostnogssenc|include|include_if_exists|include_dir)(?=[\s]|$)/,
      )
    )
      return 'keyword';
    if (state.field > 3 && stream.match(METHODS)) return 'typeName';
    if (stream.match(/^"[^"]*"?/)) return 'string';
    if (stream.match(/^(?:all|sameuser|samerole|samegroup|replication|samehost|samenet)(?=[\s,]|$)/)) return 'atom';
    if (stream.match(/^[0-9a-fA-F:.]*[:.][0-9a-fA-F:.]*(?:\/\d+)?(?=[\s,]|$)/)) return 'number';
    if (!stream.match(/^[^\s#",]+/)) stream.next();
    return null;
  },
});

/** postgresql.conf. */
const conf = StreamLanguage.define<{ named: boolean }>({
  name: 'postgresql.conf',
  startState: () => ({ named: false }),
  token(stream, state) {
    if (stream.sol()) state.named = false;
    if (stream.eatSpace()) return null;
    if (stream.peek() === '#') {
      stream.skipToEnd();
      return 'comment';
    }
    if (!state.named && stream.match(/^[\w.]+/)) {
      state.named = true;
      return 'keyword';
    }
    if (stream.match(/^'(?:[^'\\]|\\.|'')*'?/)) return 'string';
    if (stream.match(/^-?[\d.]+\w*/)) return 'number';
    if (!stream.match(/^[\w.-]+/)) stream.next();
    return null;
  },
});

const colours = HighlightStyle.define([
  { tag: tags.comment, color: 'var(--color-muted)' },
  { tag: tags.keyword, color: 'var(--color-code-key)' },
  { tag: tags.typeName, color: 'var(--color-accent)', fontWeight: '600' },
  { tag: tags.string, color: 'var(--color-code-string)' },
  { tag: tags.atom, color: 'var(--color-code-key)' },
  { tag: tags.number, color: 'var(--color-code-string)' },
]);

/** The syntax highlighting for the text of a file with this name. */
export const languageOf = (name: string): Extension => [
  /^postgresql|^conf\.d\//.test(name) ? conf : hba,
  syntaxHighlighting(colours),
];
