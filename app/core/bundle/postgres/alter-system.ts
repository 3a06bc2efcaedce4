import { say } from '../../messages/message.ts';
import { type Sql, sql, sqlIdentifier, sqlKeyword, sqlLiteral } from '../../quote/sql.ts';
import { join } from '../../quote/template.ts';
import type { Artifact, Block } from '../file.ts';
import type { Setting } from './setting.ts';
import { settings } from './settings.ts';

/** `alter-system.sql`: the drop-in's settings for a server whose files cannot be reached. */
export const alterSystem: Artifact = {
  page: 'alter-system',
  render(model) {
    return [
      {
        path: 'database-server/alter-system.sql',
        purpose: 'alternative',
        machine: 'database-server',
        title: say('file.alterSystem'),
        intro: [say('file.settingsOne'), say('file.applyWords')],
        language: 'sql',
        apply: 'restart',
        blocks: [
          { lines: [sql`SET standard_conforming_strings = on;`] },
          ...settings(model).map(
            (setting): Block<'sql'> => ({
              lines: [
                sql`ALTER SYSTEM SET ${sqlIdentifier(setting.name)} = ${value(setting)};  -- ${sqlKeyword(setting.apply)}`,
              ],
              reason: setting.reason,
            }),
          ),
        ],
      },
    ];
  },
};

/**
 * A list such as listen_addresses may be one literal. In one of these settings the server quotes the items, so each is
 * a literal of its own: one literal would be one library (`guc_funcs.c`, flatten_set_variable_args).
 */
function value({ name, value: given }: Setting): Sql | number {
  if (typeof given === 'number') return given;
  return name === 'oauth_validator_libraries' ? join(given.split(', ').map(sqlLiteral), ', ') : sqlLiteral(given);
}
