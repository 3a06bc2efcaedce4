import { parseBool } from '../../postgres/conf/value.ts';
import { CIS } from '../cis.ts';
import { atSetting, type ConfRule } from '../rule.ts';
import { rewritten } from '../setting-text.ts';

export const connectionsNotLogged: ConfRule = {
  id: 'connections-not-logged',
  severity: 'notice',
  title: 'The log does not say who connects',
  why: 'Without log_connections there is no trace of who logged in from where, and a refused client can be explained only by guessing. It is off unless it is set.',
  wrong: 'log_connections = off',
  right: 'log_connections = on',
  references: [
    {
      title: 'PostgreSQL manual, Error Reporting and Logging',
      url: 'https://www.postgresql.org/docs/current/runtime-config-logging.html',
    },
    CIS.logConnections,
  ],
  *check({ conf, settings, major, whole }) {
    const setting = settings.get('log_connections');
    if (!setting) {
      if (whole) yield { file: 'postgresql.conf', message: 'log_connections is not set, and off is its default.' };
      return;
    }
    const value = setting.value.trim().toLowerCase();
    const logs = major < 18 ? parseBool(value) : value === '' ? false : parseBool(value);
    if (logs === false || (major >= 18 && value === 'setup_durations'))
      yield atSetting(
        setting,
        `log_connections is ${setting.value === '' ? 'empty' : setting.value}.`,
        ...rewritten(conf, setting, { value: 'on' }, 'Log connections'),
      );
  },
};
