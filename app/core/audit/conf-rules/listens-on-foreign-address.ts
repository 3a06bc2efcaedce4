import { samePrefix } from '../../net/prefix.ts';
import { isEveryAddress, isLoopbackHost, listensOn } from '../../postgres/conf/facts.ts';
import { numericAddress } from '../../postgres/hba/address.ts';
import { atSetting, type ConfRule } from '../rule.ts';

export const listensOnForeignAddress: ConfRule = {
  id: 'listens-on-foreign-address',
  severity: 'medium',
  title: "Listens on an address the host doesn't have",
  why: "The server can't bind an address that no interface of the host has. It logs a warning, continues with the other addresses, and doesn't start if none is left. To listen on all addresses, use 0.0.0.0 or ::.",
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
    const own = addresses.flatMap((address) => numericAddress(address) ?? []);
    for (const address of listensOn(settings) ?? []) {
      // Anything that is not an address is a name, and the files do not tell which address it resolves to.
      if (isEveryAddress(address) || isLoopbackHost(address) || !/^[0-9.]+$|:/.test(address)) continue;
      const listens = numericAddress(address);
      if (listens && own.some((one) => samePrefix(one, listens))) continue;
      yield atSetting(setting, `${address} is not an address of this host. The host has: ${addresses.join(', ')}.`);
    }
  },
};
