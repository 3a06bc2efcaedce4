import { isLoopbackHost, listensOn, recordFromAfar } from '../../postgres/conf/facts.ts';
import { atSetting, type ConfRule } from '../rule.ts';

export const listensForNobody: ConfRule = {
  id: 'listens-for-nobody',
  severity: 'medium',
  title: "listen_addresses and pg_hba.conf don't match",
  why: 'A remote client needs both: an address that the server listens on, and a rule in pg_hba.conf that matches the client. Here only one of the two exists.',
  wrong: "listen_addresses = 'localhost'",
  right: "listen_addresses = 'localhost, 10.0.0.5'",
  beside: { hba: 'hostssl all all 10.0.0.0/24 scram-sha-256' },
  references: [
    {
      title: 'PostgreSQL manual, Connections and Authentication',
      url: 'https://www.postgresql.org/docs/current/runtime-config-connection.html',
    },
  ],
  *check({ settings, hba }) {
    const setting = settings.get('listen_addresses');
    const listens = listensOn(settings);
    if (!setting || !listens || !hba) return;
    const away = listens.filter((address) => !isLoopbackHost(address));
    const afar = recordFromAfar(hba);
    if (away.length === 0 && afar)
      yield atSetting(
        setting,
        `The rule at line ${afar.line} of pg_hba.conf allows other hosts to connect, but the server listens ${listens.length === 0 ? 'on no address' : 'only on loopback'}.`,
      );
    if (away.length > 0 && !afar)
      yield atSetting(setting, `The server listens on ${away.join(', ')}, but no rule allows another host to connect.`);
  },
};
