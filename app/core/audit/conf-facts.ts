import type { Conf, ConfSetting } from '../postgres/conf/conf.ts';
import { parseBool } from '../postgres/conf/value.ts';
import type { Hba, PlacedRecord } from '../postgres/hba/hba.ts';
import { isLoopback as isLoopbackRecord } from '../postgres/hba/network.ts';

type Settings = ReadonlyMap<string, ConfSetting>;

/** Every file that the include lines name was given. */
export const isWhole = ({ problems }: Pick<Conf, 'problems'>): boolean =>
  !problems.some(({ error }) => error.startsWith('could not open'));

/** Whether the server speaks TLS; undefined where files that were not given may say so. */
export function sslOf(settings: Settings, whole: boolean): boolean | undefined {
  const setting = settings.get('ssl');
  if (setting) return parseBool(setting.value);
  return whole ? false : undefined;
}

/** What listen_addresses lists; undefined where the file does not set it. */
export const listensOn = (settings: Settings): readonly string[] | undefined =>
  settings
    .get('listen_addresses')
    ?.value.split(',')
    .map((address) => address.trim().replace(/^"(.*)"$/, '$1'))
    .filter((address) => address !== '');

/** Addresses that only the host itself can reach. */
export const isLoopback = (address: string): boolean => /^(?:localhost|127\..*|::1)$/i.test(address);

/** The first record that lets somebody from another host in. */
export const recordFromAfar = ({ records }: Hba): PlacedRecord | undefined =>
  records.find(
    ({ record }) =>
      record.type !== 'local' &&
      record.method !== 'reject' &&
      !isLoopbackRecord(record) &&
      !(record.address?.kind === 'name' && isLoopback(record.address.name)),
  );
