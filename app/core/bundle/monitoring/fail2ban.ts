import { say } from '../../messages/message.ts';
import type { AccessModel } from '../../model/model.ts';
import { regexOfPrefix } from '../../postgres/log-prefix.ts';
import { ini, iniValue } from '../../quote/ini.ts';
import type { Artifact } from '../file.ts';
import { shortText } from '../firewall/allowed-sources.ts';
import { fail2banReader, jailReader } from './fail2ban-reader.ts';
import { exempt, FIND_MINUTES, JAIL } from './jail.ts';
import { linePrefix, logPlace } from './log.ts';

/** A filter and a jail of fail2ban for logins that PostgreSQL rejected. */
export const fail2ban: Artifact = {
  page: 'fail2ban',
  render(model) {
    const { plan, platform } = model;
    const prefix = linePrefix(plan);
    if (plan.monitoring.fail2ban === 'none' || prefix === null) return [];
    const { monitoring, server, firewall } = plan;
    const journal = monitoring.fail2ban === 'journal';
    // The systemd backend prepends host and program; PostgreSQL's syslog output numbers messages and their lines.
    const start = journal ? ini`[^ ]+ postgres\[[0-9]+\]: \[[0-9]+-1\] ` : ini``;
    const line = ini`^${start}${regexOfPrefix(prefix)}FATAL:  (?:[0-9A-Z]{5}: )?`;
    const action = firewall.kind === 'ufw' || firewall.kind === 'iptables' ? ini`iptables` : ini`nftables`;
    return [
      {
        path: 'database-server/fail2ban/filter.conf',
        target: '/etc/fail2ban/filter.d/postern-postgresql.conf',
        reader: fail2banReader,
        machine: 'database-server',
        title: say('fail2ban.filterTitle'),
        intro: [say('fail2ban.filterIntro')],
        language: 'ini',
        blocks: [
          {
            lines: [
              ini`[Definition]`,
              ini`failregex = ${line}[A-Za-z0-9" ]+ authentication failed for user ".*$`,
              ini`            ${line}no pg_hba\.conf entry for .*$`,
              ini`            ${line}pg_hba\.conf rejects .*$`,
              ini`            ${line}connection requires a valid client certificate$`,
              ini`ignoreregex =`,
            ],
            reason: { message: say('fail2ban.filter'), path: 'monitoring.linePrefix' },
          },
          {
            lines: [ini`datepattern = {NONE}`],
            reason: { message: say('fail2ban.date'), path: 'monitoring.fail2ban' },
          },
          ...(journal
            ? [
                {
                  lines: [ini`journalmatch = _SYSTEMD_UNIT=${iniValue(platform.service ?? '')}`],
                  reason: { message: say('fail2ban.journal'), path: 'monitoring.fail2ban' },
                },
              ]
            : []),
        ],
      },
      {
        path: 'database-server/fail2ban/jail.conf',
        target: '/etc/fail2ban/jail.d/postern-postgresql.conf',
        reader: jailReader,
        machine: 'database-server',
        title: say('fail2ban.jailTitle'),
        language: 'ini',
        blocks: [
          {
            lines: [
              ini`[${iniValue(JAIL)}]`,
              ini`enabled = true`,
              ini`filter = postern-postgresql`,
              ...(journal
                ? [ini`backend = systemd`]
                : [ini`backend = auto`, ini`logpath = ${iniValue(logFile(model))} tail`]),
            ],
            reason: { message: say(journal ? 'fail2ban.journal' : 'fail2ban.file'), path: 'monitoring.fail2ban' },
          },
          {
            lines: [
              ini`maxretry = ${monitoring.maxRetry}`,
              ini`findtime = ${FIND_MINUTES}m`,
              ini`bantime = ${monitoring.banTime}m`,
              ini`usedns = no`,
            ],
            reason: { message: say('fail2ban.counts'), path: 'monitoring.maxRetry' },
          },
          {
            lines: [ini`ignoreip = ${iniValue(exempt(model).map(shortText).join(' '))}`],
            reason: { message: say('fail2ban.ignored'), path: 'server.addresses' },
          },
          {
            lines: [ini`banaction = ${action}[type=multiport]`, ini`port = ${server.port}`, ini`protocol = tcp`],
            reason: { message: say('fail2ban.action'), path: 'firewall.kind' },
          },
        ],
      },
    ];
  },
};

/**
 * The file with a fixed name that fail2ban follows: the one that pg_ctlcluster writes, or that of the logging
 * collector.
 */
function logFile(model: AccessModel): string {
  const { directory, filename } = logPlace(model);
  return `${directory}/${filename}`;
}
