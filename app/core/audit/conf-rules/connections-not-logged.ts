import { parseBool } from '../../postgres/conf/value.ts';
import { CIS } from '../cis.ts';
import { atSetting, type ConfRule } from '../rule.ts';
import { rewritten } from '../setting-text.ts';

export const connectionsNotLogged: ConfRule = {
  id: 'connections-not-logged',
  severity: 'low',
  title: "Connections aren't logged",
  why: "Without log_connections, the log doesn't record who logged in or from where, and the cause of a rejected connection is hard to find. It is off by default.",
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
      if (whole) yield { file: 'postgresql.conf', message: 'log_connections is not set, and its default is off.' };
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
