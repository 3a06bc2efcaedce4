import { isLoopback } from '../../net/loopback.ts';
import { numericAddress } from '../hba/address.ts';
import type { Hba, PlacedRecord } from '../hba/hba.ts';
import { isLoopback as isLoopbackRecord } from '../hba/network.ts';
import { type Conf, type ConfSetting, effectiveSettings } from './conf.ts';
import { parseBool } from './value.ts';

type Settings = ReadonlyMap<string, ConfSetting>;

/** Every file that the include lines name was given. */
export const isWhole = ({ problems }: Pick<Conf, 'problems'>): boolean =>
  !problems.some(({ error }) => error.startsWith('could not open'));

/** Whether the server supports TLS; undefined if files that were not given may set it. */
export function sslOf(settings: Settings, whole: boolean): boolean | undefined {
  const setting = settings.get('ssl');
  if (setting) return parseBool(setting.value);
  return whole ? false : undefined;
}

/** `oauth_validator_libraries`, which decides whether a rule may use OAuth; empty if the files do not set it. */
export const permittedValidators = (conf: Conf): string =>
  effectiveSettings(conf).get('oauth_validator_libraries')?.value ?? '';

/** The entries of listen_addresses; undefined if the file does not set it. */
export const listensOn = (settings: Settings): readonly string[] | undefined =>
  settings
    .get('listen_addresses')
    ?.value.split(',')
    .map((address) => address.trim().replace(/^"(.*)"$/, '$1'))
    .filter((address) => address !== '');

/** Whether a host name or address is a loopback address, which only the host itself can reach. */
export function isLoopbackHost(host: string): boolean {
  const address = numericAddress(host);
  return address ? isLoopback(address) : /^localhost$/i.test(host);
}

/**
 * Whether it means all addresses of the host, of one family or both, in any spelling that `getaddrinfo` accepts: `*`,
 * `0.0.0.0`, `::0`.
 */
export const isEveryAddress = (address: string): boolean => address === '*' || numericAddress(address)?.bits === 0n;

/** The first record that allows someone from another host. */
export const recordFromAfar = ({ records }: Hba): PlacedRecord | undefined =>
  records.find(
    ({ record }) =>
      record.type !== 'local' &&
      record.method !== 'reject' &&
      record.address?.kind !== 'samehost' &&
      !isLoopbackRecord(record) &&
      !(record.address?.kind === 'name' && isLoopbackHost(record.address.name)),
  );
