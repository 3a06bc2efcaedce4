import { BlockList, isIPv4, isIPv6 } from 'node:net';

/**
 * PgBouncer's interpretation of an auth_hba_file, written from its source (hba.c of 1.18: next_token, parse_names,
 * parse_line, hba_eval) and independent of Postern. A line that PgBouncer would skip with a warning is an error here.
 */
interface Rule {
  readonly type: 'local' | 'host' | 'hostssl' | 'hostnossl';
  readonly databases: Names;
  readonly users: Names;
  readonly address: string;
  readonly method: string;
}

interface Names {
  readonly all: boolean;
  readonly sameUser: boolean;
  readonly names: ReadonlySet<string>;
}

type Token = { readonly kind: 'comma' } | { readonly kind: 'word' | 'quoted'; readonly text: string };

export interface PgbouncerAttempt {
  readonly address: string;
  readonly tls: boolean;
  readonly database: string;
  readonly user: string;
}

export function readPgbouncerHba(text: string): Rule[] {
  return text.split('\n').flatMap((line, index) => {
    const tokens = tokensOf(line);
    if (tokens.length === 0) return [];
    const skipped = (why: string) => new Error(`PgBouncer skips line ${index + 1}, ${why}: ${line}`);
    let at = 0;
    const word = (): string => {
      const token = tokens[at++];
      if (token?.kind !== 'word') throw skipped('a word is missing');
      return token.text;
    };
    const names = (): Names => {
      const found = { all: false, sameUser: false, names: new Set<string>() };
      for (;;) {
        const token = tokens[at++];
        if (!token || token.kind === 'comma') throw skipped('a name is missing');
        if (token.kind === 'quoted') found.names.add(token.text);
        else if (token.text === 'all') found.all = true;
        else if (token.text === 'sameuser') found.sameUser = true;
        else if (/^(samerole|samegroup|replication)$|^[+@]/.test(token.text)) throw skipped('it is not supported');
        else found.names.add(token.text);
        if (tokens[at]?.kind !== 'comma') return found;
        at += 1;
      }
    };
    const type = word();
    if (type !== 'host' && type !== 'hostssl' && type !== 'hostnossl') throw skipped('it is of another type');
    const databases = names();
    const users = names();
    const address = word();
    const [host = '', length = ''] = address.split('/');
    if (!(isIPv4(host) || isIPv6(host)) || !/^[0-9]+$/.test(length) || Number(length) > (isIPv4(host) ? 32 : 128))
      throw skipped('the address');
    const method = word();
    if (!/^(trust|reject|md5|password|peer|cert|scram-sha-256)$/.test(method)) throw skipped('the method');
    if (at !== tokens.length) throw skipped('it goes on');
    return [{ type, databases, users, address, method }];
  });
}

function tokensOf(line: string): Token[] {
  const found: Token[] = [];
  let rest = line.trimStart();
  while (rest !== '' && !rest.startsWith('#')) {
    if (rest.startsWith(',')) {
      found.push({ kind: 'comma' });
      rest = rest.slice(1);
    } else if (rest.startsWith('"')) {
      const [whole, inner = ''] = /^"((?:[^"]|"")*)"/.exec(rest) ?? [];
      if (whole === undefined) throw new Error(`PgBouncer finds no end of the quotes in ${line}`);
      found.push({ kind: 'quoted', text: inner.replaceAll('""', '"') });
      rest = rest.slice(whole.length);
    } else {
      const [word = ''] = /^.[^,#"\s]*/u.exec(rest) ?? [];
      found.push({ kind: 'word', text: word });
      rest = rest.slice(word.length);
    }
    rest = rest.trimStart();
  }
  return found;
}

/** Whether an address is in a network, or equal to it: computed by Node, and not by the core that wrote it. */
export function inNetwork(network: string, address: string): boolean {
  const [host = '', length] = network.split('/');
  const family = isIPv4(host) ? 'ipv4' : 'ipv6';
  if (isIPv4(address) !== (family === 'ipv4')) return false;
  const block = new BlockList();
  block.addSubnet(host, Number(length ?? (family === 'ipv4' ? 32 : 128)), family);
  return block.check(address, family);
}

/** The method with which PgBouncer authenticates the connection; `reject` also if no line matches. */
export function pgbouncerDecides(rules: readonly Rule[], { address, tls, database, user }: PgbouncerAttempt): string {
  const fits = ({ all, sameUser, names }: Names, name: string, other: string) =>
    all || (sameUser && name === other) || names.has(name);
  const rule = rules.find((one) => {
    return (
      (one.type === 'host' || (one.type === 'hostssl') === tls) &&
      inNetwork(one.address, address) &&
      fits(one.databases, database, user) &&
      fits(one.users, user, database)
    );
  });
  return rule?.method ?? 'reject';
}
