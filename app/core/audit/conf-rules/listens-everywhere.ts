import { isEveryAddress, listensOn } from '../../postgres/conf/facts.ts';
import { atSetting, type ConfRule } from '../rule.ts';

export const listensEverywhere: ConfRule = {
  id: 'listens-everywhere',
  severity: 'low',
  title: 'Listens on every address',
  why: "The server accepts connections on every network the host belongs to, now and later: the provider's network, container networks, a new VPN. Only pg_hba.conf and the firewall restrict who can attempt to log in.",
  wrong: "listen_addresses = '*'",
  right: "listen_addresses = 'localhost, 10.0.0.5'",
  references: [
    {
      title: 'PostgreSQL manual, Connections and Authentication',
      url: 'https://www.postgresql.org/docs/current/runtime-config-connection.html',
    },
  ],
  *check({ settings }) {
    const setting = settings.get('listen_addresses');
    const wide = listensOn(settings)?.find(isEveryAddress);
    if (setting && wide !== undefined)
      yield atSetting(setting, `${wide} means every address of the host. List only the addresses that clients use.`);
  },
};
