import { MAJORS, release } from '../../postgres/release.ts';
import { file, manual, says, test, vendor } from '../../source.ts';
import type { TargetPage } from '../page.ts';

const configSetting = manual('config-setting', 'Setting Parameters');
const ours = file('app/core/bundle/postgres/settings.ts');

export const settingsPage: TargetPage = {
  id: 'settings',
  title: 'Settings as a drop-in file',
  summary: 'conf.d/postern.conf contains every setting of the plan, and leaves postgresql.conf unchanged.',
  does: [
    ...says(
      test('e2e/server/proofs/settings.test.ts'),
      'Sets listen addresses, TLS, password hashing, limits and logging, for your PostgreSQL version only.',
      'Says after each line whether a reload is enough.',
    ),
    ...says(
      test('e2e/lab/rollout/oauth.test.ts'),
      'Lists the validator libraries of clients with OAuth (oauth_validator_libraries). It replaces an earlier list: if another rule needs a library that the plan leaves out, apply.sh changes nothing.',
    ),
    ...says(
      test('e2e/server/proofs/log.test.ts'),
      'Sends the log to syslog, or writes it as JSON in addition to the plain text; on Debian with a logrotate rule.',
    ),
  ],
  doesNot: [
    ...says(
      configSetting,
      'Override postgresql.auto.conf, which ALTER SYSTEM writes: PostgreSQL reads that file last.',
    ),
    ...says(ours, 'Tune memory or storage.'),
  ],
  undo: says(ours, 'Remove conf.d/postern.conf, or restore the previous file, and restart.'),
  pitfalls: [
    ...says(
      vendor('PostgreSQL, Versioning Policy', 'https://www.postgresql.org/support/versioning/'),
      `PostgreSQL fixes each version for five years. ${supportEnds()}`,
    ),
    ...says(
      configSetting,
      'If a setting appears more than once, the last one read takes effect. Included files are read at the position of the include.',
    ),
    ...says(
      manual('view-pg-file-settings', 'pg_file_settings'),
      "pg_file_settings shows what is in the files and which lines can't be applied, before a reload.",
    ),
    ...says(
      manual('runtime-config-logging', 'Error Reporting and Logging'),
      'JSON needs logging_collector, and the server then writes the log files itself. On Docker they are in the data volume, and docker logs shows only the startup messages.',
    ),
    ...says(
      manual('runtime-config-connection', 'Connections and Authentication'),
      'listen_addresses accepts addresses of the server itself, and changes only with a restart.',
    ),
  ],
};

/** The day of the last release of each major. */
function supportEnds(): string {
  return `Last releases: ${MAJORS.map((major) => `${major} on ${release(major).endOfLife}`).join(', ')}.`;
}
