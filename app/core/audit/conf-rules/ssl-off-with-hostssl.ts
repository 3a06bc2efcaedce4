import { sslOf } from '../conf-facts.ts';
import { atSetting, type ConfRule } from '../rule.ts';
import { rewritten } from '../setting-text.ts';

export const sslOffWithHostssl: ConfRule = {
  id: 'ssl-off-with-hostssl',
  severity: 'critical',
  title: 'TLS is off, and records ask for it',
  why: 'A hostssl record matches connections with TLS only. While ssl is off there are none, so these clients are refused, or a later record without TLS takes them.',
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
    const message = `ssl is off${setting ? '' : ', its default'}, so no connection matches the ${records.length === 1 ? 'hostssl record' : `${records.length} hostssl records`} of pg_hba.conf, the first at line ${first.line}.`;
    if (setting) yield atSetting(setting, message, ...rewritten(conf, setting, { value: 'on' }, 'Turn TLS on'));
    else yield { file: 'postgresql.conf', message };
  },
};
