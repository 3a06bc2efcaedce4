import type { MessageId } from '../../messages/message.ts';
import type { AccessModel } from '../../model/model.ts';
import type { SettingName } from '../../postgres/settings.ts';
import { linePrefix, logPlace } from '../monitoring/log.ts';
import { type Setting, setting } from './setting.ts';

/** Empty if the plan requests nothing: the packaged log is then unchanged. */
export function logSettings(model: AccessModel): Setting[] {
  const { monitoring } = model.plan;
  const prefix = linePrefix(model.plan);
  const bans = monitoring.fail2ban !== 'none';
  const found: Setting[] = [];
  if (prefix !== null) found.push(setting('log_line_prefix', prefix, 'setting.linePrefix', 'monitoring.linePrefix'));
  if (bans || monitoring.log !== 'stderr')
    found.push(setting('log_hostname', 'off', 'setting.logHostname', bans ? 'monitoring.fail2ban' : 'monitoring.log'));
  if (bans) found.push(setting('lc_messages', 'C', 'setting.logLanguage', 'monitoring.fail2ban'));
  if (monitoring.log === 'syslog') found.push(...toSyslog);
  if (monitoring.log === 'jsonlog') found.push(...toJson(model));
  return found;
}

const log = (name: SettingName, value: string | number, id: MessageId): Setting =>
  setting(name, value, id, 'monitoring.log');

const toSyslog: readonly Setting[] = [
  log('log_destination', 'syslog', 'setting.logDestination'),
  log('syslog_facility', 'LOCAL0', 'setting.logSyslog'),
  log('syslog_ident', 'postgres', 'setting.logSyslog'),
  log('syslog_split_messages', 'on', 'setting.logSyslogLines'),
  log('syslog_sequence_numbers', 'on', 'setting.logSyslogLines'),
];

/** The server writes JSON only through its logging collector (`elog.c`), which then also writes the plain log. */
function toJson(model: AccessModel): Setting[] {
  const { directory, filename, rotates } = logPlace(model);
  return [
    log('log_destination', 'stderr,jsonlog', 'setting.logDestination'),
    log('logging_collector', 'on', 'setting.logCollector'),
    log('log_directory', directory, 'setting.logPlace'),
    log('log_filename', filename, 'setting.logPlace'),
    ...(rotates
      ? [
          log('log_truncate_on_rotation', 'on', 'setting.logWeek'),
          log('log_rotation_age', '1d', 'setting.logWeek'),
          log('log_rotation_size', 0, 'setting.logWeek'),
        ]
      : [log('log_rotation_age', 0, 'setting.logLogrotate'), log('log_rotation_size', 0, 'setting.logLogrotate')]),
  ];
}
