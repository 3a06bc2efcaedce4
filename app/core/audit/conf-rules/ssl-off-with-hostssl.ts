import { sslOf } from '../../postgres/conf/facts.ts';
import { atSetting, type ConfRule } from '../rule.ts';
import { rewritten } from '../setting-text.ts';

export const sslOffWithHostssl: ConfRule = {
  id: 'ssl-off-with-hostssl',
  severity: 'high',
  title: 'TLS is off, but hostssl rules require it',
  why: "A hostssl rule matches only TLS connections. While ssl is off there are none, so these clients are rejected, or a later rule that doesn't require TLS matches them.",
  wrong: 'ssl = off',
  right: 'ssl = on',
  beside: { hba: 'hostssl all all 10.0.0.0/24 scram-sha-256' },
  references: [
    {
      title: 'PostgreSQL manual, Secure TCP/IP Connections with SSL',
      url: 'https://www.postgresql.org/docs/current/ssl-tcp.html',
    },
  ],
  *check({ conf, settings, whole, hba }) {
    if (sslOf(settings, whole) !== false) return;
    const records = hba?.records.filter(({ record }) => record.type === 'hostssl') ?? [];
    const [first] = records;
    if (!first) return;
    const setting = settings.get('ssl');
    const message = `ssl is off${setting ? '' : ', its default'}, so no connection matches the ${records.length === 1 ? 'hostssl rule' : `${records.length} hostssl rules`} in pg_hba.conf, the first at line ${first.line}.`;
    if (setting) yield atSetting(setting, message, ...rewritten(conf, setting, { value: 'on' }, 'Turn TLS on'));
    else yield { file: 'postgresql.conf', message };
  },
};
