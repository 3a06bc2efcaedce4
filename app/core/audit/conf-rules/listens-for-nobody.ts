import { isLoopback, listensOn, recordFromAfar } from '../conf-facts.ts';
import { atSetting, type ConfRule } from '../rule.ts';

export const listensForNobody: ConfRule = {
  id: 'listens-for-nobody',
  severity: 'warning',
  title: 'listen_addresses and pg_hba.conf do not meet',
  why: 'Two doors have to be open: the server has to listen on an address that the client can reach, and pg_hba.conf has to have a record for it. Here one of them is open and the other is not.',
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
    const away = listens.filter((address) => !isLoopback(address));
    const afar = recordFromAfar(hba);
    if (away.length === 0 && afar)
      yield atSetting(
        setting,
        `The record at line ${afar.line} of pg_hba.conf lets other hosts in, and the server listens ${listens.length === 0 ? 'on no address' : 'on the loopback only'}.`,
      );
    if (away.length > 0 && !afar)
      yield atSetting(setting, `The server listens on ${away.join(', ')}, and no record lets another host in.`);
  },
};
