import { type Message, say } from '../messages/message.ts';
import type { Auth, Plan } from '../plan/schema.ts';
import type { HbaRecord } from '../postgres/hba/record.ts';

type Hashing = Plan['security']['passwordHashing'];

/** The plan's authentication method for that of a record, or why there is none. */
export type Proof = { readonly auth: Auth; readonly notes: readonly Message[] } | { readonly reason: Message };

/** The method that a plan with this hashing writes for passwords. */
export const passwordMethod = (hashing: Hashing) => (hashing === 'md5' ? 'md5' : 'scram-sha-256');

/** `identities`: who may log in with a map, if that can be said. */
export function proofOf(
  { method, options, unshown = [] }: HbaRecord,
  major: number,
  hashing: Hashing,
  identities: Identities,
): Proof {
  const all = [...options, ...unshown];
  const given = new Map(
    all.map((option): [string, string] => [nameOf(option), option.slice(nameOf(option).length + 1)]),
  );
  const twice = all.map(nameOf).find((name, index, names) => names.indexOf(name) < index);
  if (twice !== undefined) return { reason: say('import.record.option', { option: twice }) };
  const take = (name: string) => {
    const value = given.get(name);
    given.delete(name);
    return value;
  };
  const found =
    method === 'oauth'
      ? oauth(
          take,
          [...given.keys()].filter((name) => name.startsWith(VALIDATOR)),
          identities,
        )
      : answer(method, take, major, hashing);
  const [option] = given.keys();
  return 'auth' in found && option !== undefined ? { reason: say('import.record.option', { option }) } : found;
}

type Identities = (map: string) => readonly string[] | undefined;

const nameOf = (option: string) => option.slice(0, option.indexOf('='));

function answer(
  method: HbaRecord['method'],
  take: (name: string) => string | undefined,
  major: number,
  hashing: Hashing,
): Proof {
  switch (method) {
    case 'scram-sha-256':
    case 'md5':
    case 'password': {
      const asked = passwordMethod(hashing);
      const notes = passwordNotes(method, hashing);
      const certificate = take('clientcert');
      if (certificate === undefined || certificate === 'false') return { auth: { method: 'scram' }, notes };
      const name = major >= 12 && certificate !== 'verify-full' ? [say('import.note.certificateName')] : [];
      return { auth: { method: 'cert+scram' }, notes: asked === method ? name : [...notes, ...name] };
    }
    case 'cert':
      take('clientcert');
      return { auth: { method: 'cert' }, notes: [] };
    case 'gss': {
      const realm = take('krb_realm') ?? null;
      return { auth: { method: 'gss', realm, includeRealm: take('include_realm') === 'true' }, notes: [] };
    }
    case 'ldap':
      return ldap(take);
    default:
      return { reason: say('import.record.method', { method }) };
  }
}

export function passwordNotes(written: HbaRecord['method'], hashing: Hashing): Message[] {
  const method = passwordMethod(hashing);
  return written === method ? [] : [say('import.note.method', { method, written })];
}

/** The start of the names of a validator library's own options. */
const VALIDATOR = 'validator.';

/** `own`: the options of the validator library. */
function oauth(take: (name: string) => string | undefined, own: readonly string[], identities: Identities): Proof {
  const map = take('map');
  const users = map === undefined ? undefined : identities(map);
  if (map !== undefined && users === undefined) return { reason: say('import.record.map', { map }) };
  const delegated = take('delegate_ident_mapping') === 'true';
  return {
    auth: {
      method: 'oauth',
      issuer: take('issuer') ?? '',
      scope: take('scope') ?? '',
      validator: take('validator') ?? '',
      options: own.map((name) => `${name.slice(VALIDATOR.length)}=${take(name) ?? ''}`),
      clientId: null,
      mapping: users ? { kind: 'map', identities: [...users] } : { kind: delegated ? 'validator' : 'same' },
    },
    notes: [],
  };
}

/**
 * `LDAP_SCOPE_SUBTREE`, which a record has unless its URL states another. `pg_hba_file_rules` omits `base`, which is 0.
 */
const SUBTREE = '2';

function ldap(take: (name: string) => string | undefined): Proof {
  if (take('ldapscope') !== SUBTREE) return { reason: say('import.record.option', { option: 'ldapscope' }) };
  const server = take('ldapserver') ?? '';
  const scheme = take('ldapscheme');
  const tls = take('ldaptls') === 'true' ? 'starttls' : scheme === 'ldaps' ? 'ldaps' : 'none';
  const port = Number(take('ldapport') ?? (tls === 'ldaps' ? 636 : 389));
  const prefix = take('ldapprefix');
  const suffix = take('ldapsuffix');
  const bind =
    prefix !== undefined || suffix !== undefined
      ? ({ kind: 'simple', prefix: prefix ?? '', suffix: suffix ?? '' } as const)
      : ({
          kind: 'search',
          baseDn: take('ldapbasedn') ?? '',
          attribute: take('ldapsearchattribute') ?? 'uid',
          bindDn: take('ldapbinddn') ?? null,
        } as const);
  // The password of a bind DN is entered on the server.
  const kept = bind.kind === 'search' && bind.bindDn !== null && take('ldapbindpasswd') !== undefined;
  return {
    auth: { method: 'ldap', server, port, tls, bind },
    notes: kept ? [say('import.note.ldapPassword')] : [],
  };
}
