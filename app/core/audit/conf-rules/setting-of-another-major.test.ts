import { testRule } from '../../testing/rule-table.ts';

const gone = (name: string, major: number, message: string) => ({
  given: { conf: `port = 5432\n${name} = 1\n`, major },
  lines: [2],
  messages: [new RegExp(`^${`${name} ${message}`.replaceAll(/[.()]/g, '\\$&')}$`)],
  fixed: 'port = 5432\n',
});

testRule('setting-of-another-major', 'postgresql.conf', {
  valid: [
    'port = 5432\nWORK_MEM = 4MB',
    { conf: 'wal_keep_segments = 8', major: 12 },
    { conf: 'wal_keep_size = 8', major: 13 },
    { conf: 'idle_session_timeout = 8', major: 14 },
    // Still known, and accepts only `off`.
    'default_with_oids = off',
    // No major knows it, which another rule reports.
    'wal_keep_segment = 8',
    // Of an extension.
    'wal.keep_segments = 8',
    "plpgsql.wal_keep_segments = 'x'",
    '#wal_keep_segments = 8',
  ],
  invalid: [
    gone(
      'wal_keep_segments',
      13,
      "was removed after PostgreSQL 12; PostgreSQL 13 doesn't recognize it. It was replaced by wal_keep_size.",
    ),
    gone(
      'WAL_keep_segments',
      18,
      "was removed after PostgreSQL 12; PostgreSQL 18 doesn't recognize it. It was replaced by wal_keep_size.",
    ),
    gone('wal_keep_size', 12, "was added in PostgreSQL 13; PostgreSQL 12 doesn't recognize it."),
    gone('idle_session_timeout', 13, "was added in PostgreSQL 14; PostgreSQL 13 doesn't recognize it."),
    gone(
      'promote_trigger_file',
      11,
      "was added in PostgreSQL 12; PostgreSQL 11 doesn't recognize it. It was replaced by pg_promote().",
    ),
    gone(
      'promote_trigger_file',
      16,
      "was removed after PostgreSQL 15; PostgreSQL 16 doesn't recognize it. It was replaced by pg_promote().",
    ),
    // Nothing is in its place.
    gone('stats_temp_directory', 15, "was removed after PostgreSQL 14; PostgreSQL 15 doesn't recognize it."),
    gone('db_user_namespace', 17, "was removed after PostgreSQL 16; PostgreSQL 17 doesn't recognize it."),
    gone(
      'checkpoint_segments',
      11,
      "was removed before PostgreSQL 11; PostgreSQL 11 doesn't recognize it. It was replaced by max_wal_size.",
    ),
    gone('Silent_Mode', 18, "was removed before PostgreSQL 11; PostgreSQL 18 doesn't recognize it."),
    {
      given: {
        conf: "include 'more.conf'\nwal_keep_segments = 1\nwal_keep_segments = 2",
        files: { 'more.conf': 'checkpoint_segments = 3' },
      },
      lines: [1, 2, 3],
      included: ['more.conf', undefined, undefined],
      fixed: "include 'more.conf'\n",
    },
  ],
});
