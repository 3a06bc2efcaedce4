import type { AccessModel, ClientAccess } from '../../model/model.ts';
import { spread } from '../rollout/connection.ts';
import { serviceOf } from '../rollout/service.ts';
import { LIBPQ_LINE, longestLine, OLD_LIBPQ_LINE } from '../rollout/service-lines.ts';
import { type Finding, finding } from './finding.ts';

/** Clients whose services have a line that is too long for old versions of libpq, or for all. */
export function serviceFindings(model: AccessModel): Finding[] {
  return model.clients.flatMap((access): Finding[] => {
    const length = Math.max(0, ...spread(model, oneOf(access)).map((one) => longestLine(serviceOf(model, 'x', one))));
    const values = { client: access.client.name, length };
    if (length > LIBPQ_LINE)
      return [finding('service-line-unread', 'medium', access.path, { ...values, limit: LIBPQ_LINE })];
    return length > OLD_LIBPQ_LINE
      ? [finding('service-line-newer', 'info', access.path, { ...values, limit: OLD_LIBPQ_LINE })]
      : [];
  });
}

/**
 * The client with one role and one database: names are short, so the services of all combinations have lines of similar
 * length.
 */
function oneOf(access: ClientAccess): ClientAccess {
  const { client } = access;
  const databases = client.databases === 'all' ? 'all' : client.databases.slice(0, 1);
  return { ...access, client: { ...client, roles: client.roles.slice(0, 1), databases } };
}
