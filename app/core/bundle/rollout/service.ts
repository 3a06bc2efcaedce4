import { say } from '../../messages/message.ts';
import type { AccessModel } from '../../model/model.ts';
import { slugs } from '../../model/slug.ts';
import { type Ini, ini, iniValue } from '../../quote/ini.ts';
import type { Artifact, Block } from '../file.ts';
import { type Connection, isPattern, PLACEHOLDERS, patternOf, spread } from './connection.ts';
import { balanced, libpqHosts } from './conninfo.ts';
import { readableServices } from './service-lines.ts';

/** `pg_service.conf`: a named service for each connection. */
export const serviceFile: Artifact = {
  page: 'service-file',
  render(model) {
    if (model.clients.length === 0) return [];
    return [
      {
        path: 'clients/pg_service.conf',
        machine: 'clients',
        target: '~/.pg_service.conf',
        title: say('file.service'),
        intro: [say('service.where')],
        language: 'ini',
        mode: 0o644,
        blocks: readableServices(services(model).map(([name, connection]) => serviceOf(model, name, connection))),
      },
    ];
  },
};

/**
 * Services by name: the client's, and if it has several connections, the role and database too. A client that is a
 * pattern has one service, and the user adds role and database when connecting.
 */
export function services(model: AccessModel): [string, Connection][] {
  const all = model.clients.flatMap((access) => {
    if (isPattern(model, access)) return [{ name: access.slug, connection: patternOf(model, access) }];
    const own = spread(model, access);
    return own.map((connection) => ({
      name: own.length > 1 ? `${access.slug} ${connection.role} ${connection.database}` : access.slug,
      connection,
    }));
  });
  const names = slugs(all.map(({ name }) => name));
  return all.map(({ connection }, index) => [names[index] ?? `n${index + 1}`, connection]);
}

/** The section of one service. */
export function serviceOf(model: AccessModel, name: string, of: Connection): Block<'ini'> {
  const { access } = of;
  const { host, address } = libpqHosts(of);
  const optional = (key: Ini, value: string | null): Ini[] => (value === null ? [] : [ini`${key}=${iniValue(value)}`]);
  const pattern = isPattern(model, access);
  const values = { client: access.client.name, service: name };
  const message = pattern ? say('service.pattern', { ...values, ...PLACEHOLDERS }) : say('service.of', values);
  const database = pattern ? [] : [ini`dbname=${iniValue(of.database)}`];
  return {
    reason: { message, path: access.path },
    lines: [
      ini`[${iniValue(name)}]`,
      ...optional(ini`host`, host),
      ...optional(ini`hostaddr`, address),
      ini`port=${of.port}`,
      ...(of.replication ? [ini`replication=true`] : database),
      ...(pattern ? [] : [ini`user=${iniValue(of.role)}`]),
      ...optional(ini`sslmode`, of.sslMode),
      ...(of.direct ? [ini`sslnegotiation=direct`] : []),
      ...optional(ini`sslrootcert`, of.root),
      ...(of.channelBinding ? [ini`channel_binding=require`] : []),
      ...optional(ini`oauth_issuer`, of.oauth?.issuer ?? null),
      ...optional(ini`oauth_client_id`, of.oauth?.clientId ?? null),
      ...optional(ini`target_session_attrs`, of.libpqSessions),
      ...(balanced(of) ? [ini`load_balance_hosts=random`] : []),
    ],
  };
}
