import { isLoopback, listensOn } from '../conf-facts.ts';
import { atSetting, type ConfRule } from '../rule.ts';

export const listensOnForeignAddress: ConfRule = {
  id: 'listens-on-foreign-address',
  severity: 'warning',
  title: 'Listens on an address that the host does not have',
  why: 'The server cannot bind an address that no interface of the host has. It says so in its log, goes on with the others, and does not start if none is left. 0.0.0.0 and :: are the addresses for all.',
  wrong: "listen_addresses = 'localhost, 10.0.0.9'",
  right: "listen_addresses = 'localhost, 10.0.0.5'",
  beside: { addresses: ['10.0.0.5'] },
  references: [
    {
      title: 'PostgreSQL manual, Connections and Authentication',
      url: 'https://www.postgresql.org/docs/current/runtime-config-connection.html',
    },
  ],
  *check({ settings, addresses }) {
    const setting = settings.get('listen_addresses');
    if (!setting || !addresses) return;
    for (const address of listensOn(settings) ?? []) {
      const known = address === '*' || isLoopback(address) || !/^[0-9.]+$|:/.test(address);
      if (known || ['0.0.0.0', '::'].includes(address) || addresses.includes(address.toLowerCase())) continue;
      yield atSetting(setting, `${address} is none of the addresses of the host: ${addresses.join(', ')}.`);
    }
  },
};
