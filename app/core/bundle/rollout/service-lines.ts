import { byteLength } from '../../bytes/bytes.ts';
import { say } from '../../messages/message.ts';
import type { Block } from '../file.ts';

/**
 * Maximum length in bytes of a line that libpq 13 and older read (`fe-connect.c`: a buffer of 256 for the line, its end
 * and a NUL).
 */
export const OLD_LIBPQ_LINE = 253;
/** Maximum length in bytes of a line that libpq reads since 14. */
export const LIBPQ_LINE = 1021;

/** Length in bytes of the longest line of a service. */
export const longestLine = ({ lines }: Block<'ini'>): number => Math.max(0, ...lines.map(byteLength));

/**
 * Services in an order in which every libpq reads what it can: libpq reads up to its service and fails at a longer line
 * before it, including a comment. So services with lines that only newer versions read are last, and those that no
 * version reads are left out.
 */
export function readableServices(services: readonly Block<'ini'>[]): Block<'ini'>[] {
  const upTo = (low: number, high: number) =>
    services.filter((service) => longestLine(service) > low && longestLine(service) <= high);
  const newer = upTo(OLD_LIBPQ_LINE, LIBPQ_LINE);
  const unread = upTo(LIBPQ_LINE, Number.POSITIVE_INFINITY);
  const note = (id: 'service.newer' | 'service.unread', limit: number, count: number): Block<'ini'>[] =>
    count === 0 ? [] : [{ reason: { message: say(id, { limit, count }), path: 'clients' }, lines: [] }];
  return [
    ...upTo(-1, OLD_LIBPQ_LINE),
    ...note('service.newer', OLD_LIBPQ_LINE, newer.length),
    ...newer,
    ...note('service.unread', LIBPQ_LINE, unread.length),
  ];
}
