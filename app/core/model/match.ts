import { firstHost, type Prefix, prefixKey } from '../net/prefix.ts';
import { PrefixIndex } from '../net/prefix-index.ts';
import type { HbaEntry } from './model.ts';

/** One connection attempt, as PostgreSQL compares it with pg_hba.conf. */
export interface Attempt {
  readonly encryption: 'none' | 'tls';
  /** IP address of the client; null for the Unix socket. */
  readonly address: Prefix | null;
  readonly database: string;
  readonly role: string;
  /** Physical replication, which has no database. */
  readonly replication: boolean;
}

interface Candidate {
  readonly index: number;
  readonly entry: HbaEntry;
}

/** The records for one role, or for `all`. Each list is in file order. */
class RecordsOfRole {
  readonly local: Candidate[] = [];
  readonly everywhere: Candidate[] = [];
  readonly networks = new PrefixIndex<Candidate>();

  add(candidate: Candidate): void {
    const { connection, address } = candidate.entry;
    if (connection === 'local') this.local.push(candidate);
    else if (address === 'all') this.everywhere.push(candidate);
    else if (address !== null) this.networks.add(address, candidate);
  }

  at(address: Prefix | null): (readonly Candidate[])[] {
    return address === null ? [this.local] : [this.everywhere, ...this.networks.covering(address)];
  }
}

/**
 * Finds the first match among the entries of one pg_hba.conf, for many attempts: an index by role and network, with a cache.
 * `hba-analysis/decider.ts` does the same for any file but takes longer to build (docs/decisions.md); a test in
 * `bundle/postgres/hba.test.ts` compares this index with `decide`.
 */
export class Records {
  static readonly #known = new WeakMap<readonly HbaEntry[], Records>();

  /** The records of these entries: the same for the same list. */
  static of(hbaEntries: readonly HbaEntry[]): Records {
    const known = Records.#known.get(hbaEntries) ?? new Records(hbaEntries);
    Records.#known.set(hbaEntries, known);
    return known;
  }

  readonly #all = new RecordsOfRole();
  readonly #named = new Map<string, RecordsOfRole>();
  readonly #cache = new Map<string, HbaEntry | undefined>();
  readonly #refusals = new WeakMap<readonly Prefix[], Map<string, string | undefined>>();

  private constructor(hbaEntries: readonly HbaEntry[]) {
    for (const [index, entry] of hbaEntries.entries()) {
      for (const token of entry.roles) {
        if (token.kind === 'all') this.#all.add({ index, entry });
        else {
          const own = this.#named.get(token.name) ?? new RecordsOfRole();
          this.#named.set(token.name, own);
          own.add({ index, entry });
        }
      }
    }
  }

  /** The first entry that matches the attempt; undefined if none does. */
  firstMatch(attempt: Attempt): HbaEntry | undefined {
    const { address, encryption, replication, database, role } = attempt;
    const place = address === null ? '' : prefixKey(address);
    // No name contains a zero byte.
    const key = `${place} ${encryption} ${replication}\0${database}\0${role}`;
    if (!this.#cache.has(key)) this.#cache.set(key, this.#find(attempt));
    return this.#cache.get(key);
  }

  /**
   * The start of PostgreSQL's message if it rejects the attempt in the same way from each of these networks, or from the Unix
   * socket for none.
   */
  refusalFrom(networks: readonly Prefix[], attempt: Omit<Attempt, 'address'>): string | undefined {
    const known = this.#refusals.get(networks) ?? new Map<string, string | undefined>();
    this.#refusals.set(networks, known);
    const { encryption, replication, database, role } = attempt;
    const key = `${encryption} ${replication}\0${database}\0${role}`;
    if (!known.has(key)) known.set(key, this.#refusalFrom(networks, attempt));
    return known.get(key);
  }

  #refusalFrom(networks: readonly Prefix[], attempt: Omit<Attempt, 'address'>): string | undefined {
    const addresses = networks.length === 0 ? [null] : networks.map(firstHost);
    const texts = new Set(
      addresses.map((address) => {
        const tried = { ...attempt, address };
        return refusal(this.firstMatch(tried), tried);
      }),
    );
    return texts.size === 1 ? [...texts][0] : undefined;
  }

  #find(attempt: Attempt): HbaEntry | undefined {
    const lists = [this.#all, this.#named.get(attempt.role)].flatMap((of) => of?.at(attempt.address) ?? []);
    let first: Candidate | undefined;
    for (const list of lists) {
      for (const candidate of list) {
        if (first && candidate.index > first.index) break;
        if (matches(candidate.entry, attempt)) {
          first = candidate;
          break;
        }
      }
    }
    return first?.entry;
  }
}

/** Whether connection type and database match. The index has already selected role and address. */
function matches({ connection, databases }: HbaEntry, { encryption, database, replication }: Attempt): boolean {
  if (connection === 'hostssl' && encryption !== 'tls') return false;
  if (connection === 'hostnossl' && encryption === 'tls') return false;
  return databases.some((token) =>
    replication
      ? token.kind === 'replication'
      : token.kind === 'all' || (token.kind === 'name' && token.name === database),
  );
}

/** The start of PostgreSQL's message if this decision rejects the client; undefined if authentication follows. */
export function refusal(decision: HbaEntry | undefined, { address, replication }: Attempt): string | undefined {
  const host = address === null ? 'host "[local]"' : 'host "';
  if (!decision)
    return replication
      ? `no pg_hba.conf entry for replication connection from ${host}`
      : `no pg_hba.conf entry for ${host}`;
  if (decision.method !== 'reject') return undefined;
  return replication
    ? `pg_hba.conf rejects replication connection for ${host}`
    : `pg_hba.conf rejects connection for ${host}`;
}
