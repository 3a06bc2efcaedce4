import { listensOn } from '../conf-facts.ts';
import { atSetting, type ConfRule } from '../rule.ts';

export const listensEverywhere: ConfRule = {
  id: 'listens-everywhere',
  severity: 'notice',
  title: 'Listens on every address',
  why: 'The server takes connections on every network that the host is part of, now and later: the one of the provider, of containers, of a new VPN. Only pg_hba.conf and the firewall stand between them and a login.',
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
    const wide = listensOn(settings)?.find((address) => ['*', '0.0.0.0', '::'].includes(address));
    if (setting && wide !== undefined)
      yield atSetting(setting, `${wide} stands for every address of the host; name those that clients use.`);
  },
};
