import type { AccessModel } from '../../access/model.ts';
import { slugs } from '../../access/slug.ts';
import { say } from '../../messages/message.ts';
import { type Ini, ini, iniValue } from '../../quote/ini.ts';
import type { Block } from '../file.ts';
import type { Artifact } from '../list.ts';
import { type Connection, spread } from './connection.ts';
import { balanced } from './conninfo.ts';

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
        blocks: services(model).map(([name, connection]) => service(name, connection)),
      },
    ];
  },
};

/** Services by name: the client's, and where it has several connections, the role and database too. */
export function services(model: AccessModel): [string, Connection][] {
  const all = model.clients.flatMap((access) =>
    spread(model, access)
      .filter(isCarried)
      .map((connection) => ({ access, connection })),
  );
  const names = slugs(
    all.map(({ access, connection }) => {
      const several = all.filter((other) => other.access === access).length > 1;
      return several ? `${access.slug} ${connection.role} ${connection.database}` : access.slug;
    }),
  );
  return all.map(({ connection }, index) => [names[index] ?? `n${index + 1}`, connection]);
}

/** Lines of old libpq end after 255 bytes, and a name that ends a section header or starts a comment would be misread. */
const isCarried = ({ role, database }: Connection) => ![role, database].some((name) => /^[#[]|\]$/.test(name));

function service(name: string, of: Connection): Block<'ini'> {
  const { access } = of;
  const optional = (key: Ini, value: string | null): Ini[] => (value === null ? [] : [ini`${key}=${iniValue(value)}`]);
  return {
    reason: { message: say('service.of', { client: access.client.name, service: name }), path: access.path },
    lines: [
      ini`[${iniValue(name)}]`,
      ...optional(ini`host`, of.host === null ? null : [of.host, ...of.others.map(({ host }) => host)].join(',')),
      ...optional(ini`hostaddr`, of.hostAddress),
      ini`port=${of.port}`,
      ...(of.replication ? [ini`replication=true`] : [ini`dbname=${iniValue(of.database)}`]),
      ini`user=${iniValue(of.role)}`,
      ...optional(ini`sslmode`, of.sslMode),
      ...(of.direct ? [ini`sslnegotiation=direct`] : []),
      ...optional(ini`sslrootcert`, of.root),
      ...(of.channelBinding ? [ini`channel_binding=require`] : []),
      ...optional(ini`target_session_attrs`, of.libpqSessions),
      ...(balanced(of) ? [ini`load_balance_hosts=random`] : []),
    ],
  };
}
