import * as z from 'zod/mini';
import { PLATFORMS } from '../postgres/platform.ts';
import { MAJORS } from '../postgres/release.ts';
import type { Result } from '../result.ts';
import { LINK_LIMITS } from './limits.ts';
import { type Json, pack, unpack } from './pack.ts';
import { EARLIER_NAMES, SCREENS } from './screens.ts';

/** What starts the fragment of such a link; that of a plan starts otherwise. */
const CODEC = 's';

const name = z.string().check(z.maxLength(255));
const text = z.string().check(z.maxLength(LINK_LIMITS.bytes));
const file = z.strictObject({ name: name.check(z.minLength(1)), text });

const connection = z.strictObject({
  transport: z.enum(['local', 'tcp']),
  encryption: z.enum(['none', 'tls', 'gss']),
  address: name,
  hostname: name,
  database: name,
  user: name,
  roles: z.array(name).check(z.maxLength(200)),
  replication: z.boolean(),
  /** What the client is given with -h; absent in links from before it was asked for. */
  to: z.optional(name),
  /** The major of psql, where it is not that of the files. */
  psql: z.optional(z.literal(MAJORS)),
});

/** The connection that one asks about, as it is typed: any of its texts may be empty or wrong. */
export type AskedConnection = z.infer<typeof connection>;

const screen = z.strictObject({
  view: z.pipe(
    z.pipe(
      z.string(),
      z.transform((word) => EARLIER_NAMES.get(word) ?? word),
    ),
    z.enum(SCREENS),
  ),
  major: z.literal(MAJORS),
  /** Whose files are looked at. */
  source: z.enum(['files', 'plan']),
  connection: z.nullable(connection),
  map: z.nullable(
    z.strictObject({
      rows: z.enum(['databases', 'roles']),
      family: z.literal([4, 6]),
      table: z.boolean(),
      /** What rows and networks have to hold to be shown; absent: anything. */
      row: z.optional(name),
      network: z.optional(name),
    }),
  ),
  /** With what the user's file is compared, and whether that comes first; absent: another file, which comes second. */
  compare: z.optional(z.strictObject({ against: z.enum(['other', 'plan']), swapped: z.boolean() })),
  import: z.optional(z.strictObject({ platform: z.union([z.literal(''), z.enum(PLATFORMS)]), roles: text })),
  /** What a client or a server said. */
  refusal: z.nullable(text),
  /** The user's files, where the link was asked to carry them: `pg_hba.conf`, `postgresql.conf`, and those that they include. */
  files: z.nullable(z.array(file).check(z.maxLength(200))),
  /** The file that `pg_hba.conf` is compared with, where it is carried. */
  other: z.nullable(text),
});

/** What a screen shows, as a link carries it. */
export type ScreenState = z.infer<typeof screen>;

export type OpenedScreen = Result<ScreenState, 'too long' | 'too large' | 'damaged'>;

/** The part of a link after `#`. It may be longer than a link may be: see `LINK_LIMITS`. */
export const encodeScreen = (state: ScreenState): string => CODEC + pack(state as Json);

/** Reads a fragment, with or without its `#`; never throws. Links come from strangers: nothing but what the shape says passes. */
export function decodeScreen(fragment: string): OpenedScreen {
  if (fragment.length > LINK_LIMITS.characters) return { ok: false, issues: ['too long'] };
  const value = unpack(fragment.replace(/^#?s/, ''));
  if (value === 'too large') return { ok: false, issues: ['too large'] };
  const parsed = screen.safeParse(value);
  return parsed.success ? { ok: true, value: parsed.data } : { ok: false, issues: ['damaged'] };
}
