import { say } from '../../messages/message.ts';
import type { AccessModel } from '../../model/model.ts';
import { commentedOut } from '../../quote/comment.ts';
import { sql, sqlLiteral } from '../../quote/sql.ts';
import type { Artifact, Block } from '../file.ts';

/** `replication.sql`: the slots on the primary, what they retain, and how to drop one. */
export const replicationSql: Artifact = {
  page: 'replicas',
  render(model) {
    if (model.replicas.length === 0) return [];
    const slots = model.replicas.flatMap(({ slot, name, path }) => (slot === null ? [] : [{ slot, name, path }]));
    return [
      {
        path: 'database-server/replication.sql',
        phase: 'database',
        machine: 'database-server',
        title: say(slots.length > 0 ? 'replica.sqlTitle' : 'replica.sqlStatusTitle'),
        intro: [say('replica.sqlIntro')],
        language: 'sql',
        blocks: [
          { lines: [sql`\set ON_ERROR_STOP on`, sql`SET standard_conforming_strings = on;`] },
          ...slots.map(
            ({ slot, name, path }): Block<'sql'> => ({
              lines: [
                sql`SELECT pg_catalog.pg_create_physical_replication_slot(${sqlLiteral(slot)})`,
                sql`  WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_replication_slots WHERE slot_name = ${sqlLiteral(slot)});`,
              ],
              reason: { message: say('replica.slot', { replica: name }), path },
            }),
          ),
          {
            lines: [
              sql`SELECT application_name, client_addr, state, sync_state, replay_lag FROM pg_catalog.pg_stat_replication;`,
            ],
            reason: { message: say('replica.status'), path: 'network.replicas' },
          },
          ...(slots.length === 0 ? [] : [retained, drop(model, slots)]),
        ],
      },
    ];
  },
};

const retained: Block<'sql'> = {
  lines: [
    sql`SELECT slot_name, active, pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)) AS retained`,
    sql`  FROM pg_catalog.pg_replication_slots ORDER BY slot_name;`,
  ],
  reason: { message: say('replica.retained'), path: 'network.slots' },
};

/** As comments: dropping the slot of an active replica could permanently break it. */
function drop({ release }: AccessModel, slots: readonly { readonly slot: string }[]): Block<'sql'> {
  return {
    lines: slots.map(({ slot }) => commentedOut('--', sql`   SELECT pg_drop_replication_slot(${sqlLiteral(slot)});`)),
    reason: {
      message: release.major < 13 ? say('replica.dropSlotNoLimit', { major: release.major }) : say('replica.dropSlot'),
      path: 'network.slots',
    },
  };
}
