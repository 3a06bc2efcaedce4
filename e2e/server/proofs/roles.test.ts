import { describe, expect, it } from 'vitest';
import { defaultClient, defaultPlan, generate, type Plan } from '../../../app/core/index.ts';
import { majors } from '../harness/binaries.ts';
import { rolesFile } from '../harness/bundle.ts';
import { stand } from '../harness/deployment.ts';
import { inNamespace } from '../harness/namespace.ts';
import { onMajor, valid } from '../harness/plans.ts';

/** The oldest and the newest of the available majors: all of them store roles the same way. */
const ends = [...new Set([majors[0], majors.at(-1)])].filter((major) => major !== undefined);

const plan = (client: Partial<Plan['clients'][number]> = {}): Plan => {
  const start = defaultPlan('direct');
  return valid(
    {
      ...start,
      clients: [
        {
          ...defaultClient('public'),
          name: 'app',
          sources: ['198.51.100.0/28'],
          roles: ['kept', 'disabled', 'fresh'],
          databases: ['app'],
          ...client,
        },
      ],
    },
    'roles that exist',
  );
};

/** Everything that the server stores about its roles, by name. */
const STORED = `select r.rolname, to_jsonb(a) - 'oid' as attributes,
  (select json_agg(s.setconfig) from pg_db_role_setting s where s.setrole = r.oid) as settings,
  (select json_agg(g.rolname order by g.rolname) from pg_auth_members m join pg_roles g on g.oid = m.roleid where m.member = r.oid) as groups
  from pg_roles r join pg_authid a on a.oid = r.oid where r.rolname in ('kept', 'disabled', 'fresh') order by r.rolname`;

interface Stored {
  readonly rolname: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly settings: unknown;
  readonly groups: unknown;
}

const EXISTING = `
  create role team;
  create role kept login createdb connection limit 5 password 'kept' valid until '2020-01-01 00:00+00' in role team;
  alter role kept set work_mem = '9MB';
  create role disabled nologin;
`;

describe.skipIf(!inNamespace).each(ends)('roles.sql on PostgreSQL %i', (major) => {
  it('leaves existing roles unchanged except for what the plan states', async () => {
    const asked = onMajor(plan(), major);
    const standing = await stand(asked, generate(asked).files);
    const { administrator: admin, server } = standing;
    try {
      await admin.must(EXISTING);
      const before = await admin.rows<Stored>(STORED);
      const ran = await admin.psql(rolesFile(generate(asked).files).content);
      expect(ran.code, ran.stderr).toBe(0);
      const after = await admin.rows<Stored>(STORED);
      expect(after.filter(({ rolname }) => rolname !== 'fresh')).toEqual(before);
      expect(after.find(({ rolname }) => rolname === 'fresh')).toMatchObject({
        attributes: {
          rolcanlogin: true,
          rolsuper: false,
          rolcreatedb: false,
          rolcreaterole: false,
          rolreplication: false,
          rolbypassrls: false,
          rolconnlimit: -1,
          rolvaliduntil: null,
          rolpassword: null,
        },
        settings: null,
        groups: null,
      });
      expect(ran.stdout).toContain('disabled|NOLOGIN: cannot connect');
      expect(ran.stdout).toMatch(/kept\|CREATEDB, password expired 2020-01-01/);

      const stated = onMajor(
        plan({ connectionLimit: 7, validUntil: '2031-05-06', replication: 'logical', roles: ['kept'] }),
        major,
      );
      const again = await admin.psql(rolesFile(generate(stated).files).content);
      expect(again.code, again.stderr).toBe(0);
      const [kept] = (await admin.rows<Stored>(STORED)).filter(({ rolname }) => rolname === 'kept');
      const { attributes, ...others } = before.find(({ rolname }) => rolname === 'kept') as Stored;
      const { rolvaliduntil, ...altered } = kept?.attributes ?? {};
      expect(new Date(String(rolvaliduntil)).toISOString()).toBe('2031-05-07T00:00:00.000Z');
      const { rolvaliduntil: _, ...unstated } = attributes;
      expect(altered).toEqual({ ...unstated, rolconnlimit: 7, rolreplication: true });
      expect(kept).toMatchObject(others);
      expect(again.stdout).toContain('kept');
      expect(again.stdout).not.toContain('REPLICATION,');
    } finally {
      await server.stop();
    }
  });

  it('revokes CONNECT from PUBLIC only if nobody outside the plan loses it, or if that is confirmed', async () => {
    const asked = onMajor(plan({ roles: ['app'] }), major);
    const { administrator: admin, server } = await stand(asked, generate(asked).files);
    const roles = rolesFile(generate(asked).files).content;
    try {
      await admin.must(`create database app; create role reports login; create role team; create role granted login in role team;
        grant connect on database app to team; create role owner_of_app login; alter database app owner to owner_of_app;`);
      const before = await admin.rows('select rolname from pg_roles order by rolname');
      const stopped = await admin.psql(roles);
      expect(stopped.code).not.toBe(0);
      expect(stopped.stderr).toContain('reports (database app, 0 sessions now)');
      expect(stopped.stderr).not.toMatch(/granted|owner_of_app|team/);
      expect(stopped.stderr).toContain('revoke_connect=yes');
      expect(await admin.rows('select rolname from pg_roles order by rolname')).toEqual(before);

      const mayConnect = async () =>
        (
          await admin.rows<{ rolname: string }>(
            `select rolname from pg_roles where rolname in ('reports', 'granted', 'owner_of_app', 'app')
              and has_database_privilege(rolname, 'app', 'connect') order by rolname`,
          )
        ).map(({ rolname }) => rolname);
      const keeping = { ...asked, security: { ...asked.security, publicConnect: 'keep' as const } };
      await admin.must(rolesFile(generate(keeping).files).content);
      expect(await mayConnect()).toEqual(['app', 'granted', 'owner_of_app', 'reports']);

      await admin.must(`\\set revoke_connect yes\n${roles}`);
      expect(await mayConnect()).toEqual(['app', 'granted', 'owner_of_app']);
      // Nobody is left to lose it, so it runs without confirmation.
      await admin.must(roles);
    } finally {
      await server.stop();
    }
  });

  it('grants the privileges that clients require, on present and on later tables', async () => {
    const start = plan({ roles: ['reader'], privileges: 'read' });
    const [first] = start.clients;
    if (!first) throw new Error('the plan has a client');
    const more = (name: string, privileges: 'none' | 'read-write' | 'create') => ({
      ...first,
      name,
      roles: [name],
      privileges,
    });
    const asked = onMajor(
      valid(
        {
          ...start,
          clients: [first, more('writer', 'read-write'), more('creator', 'create'), more('nothing', 'none')],
          administration: {
            ...start.administration,
            services: [
              { name: 'exporter', kind: 'monitoring', role: 'exporter', databases: ['postgres'], login: 'scram' },
              { name: 'backup', kind: 'backup', role: 'backup', databases: [], login: 'peer' },
            ],
          },
          security: { ...start.security, publicCreate: 'revoke' },
        },
        'privileges',
      ),
      major,
    );
    const { administrator: admin, server } = await stand(asked, generate(asked).files);
    try {
      await admin.must('create database app; create role owning login;');
      await admin.must('create table present (id serial primary key); alter table present owner to owning;', 'app');
      await admin.must('grant connect on database app to owning; grant create on schema public to owning;', 'app');
      const ran = await admin.psql(rolesFile(generate(asked).files).content);
      expect(ran.code, ran.stderr).toBe(0);
      await admin.must('set role owning; create table later (id serial primary key);', 'app');
      await admin.must('set role creator; create table new (id serial primary key);', 'app');
      const may = (role: string, kind: 'table' | 'sequence', what: string) =>
        admin.rows<{ name: string }>(
          `select relname as name from pg_class where relname = any('{present,later,new,present_id_seq,later_id_seq,new_id_seq}')
            and relowner <> '${role}'::regrole
            and case relkind when '${kind === 'table' ? 'r' : 'S'}' then has_${kind}_privilege('${role}', oid, '${what}') end order by relname`,
          'app',
        );
      const tables = [{ name: 'later' }, { name: 'new' }, { name: 'present' }];
      const sequences = [{ name: 'later_id_seq' }, { name: 'new_id_seq' }, { name: 'present_id_seq' }];
      expect(await may('reader', 'table', 'select')).toEqual(tables);
      expect(await may('reader', 'table', 'insert')).toEqual([]);
      expect(await may('reader', 'sequence', 'select')).toEqual(sequences);
      expect(await may('reader', 'sequence', 'usage')).toEqual([]);
      expect(await may('writer', 'table', 'delete')).toEqual(tables);
      expect(await may('writer', 'table', 'truncate')).toEqual([]);
      expect(await may('writer', 'sequence', 'usage')).toEqual(sequences);
      expect(await may('nothing', 'table', 'select')).toEqual([]);
      expect(
        await admin.rows(
          `select rolname from pg_roles where has_schema_privilege(rolname, 'public', 'create') and rolname = any('{reader,writer,creator,nothing,owning,exporter}') order by 1`,
          'app',
        ),
      ).toEqual([{ rolname: 'creator' }, { rolname: 'owning' }]);
      expect(
        await admin.rows(
          `select pg_has_role('exporter', 'pg_monitor', 'usage') as monitors, (select rolreplication from pg_roles where rolname = 'backup') as replicates`,
        ),
      ).toEqual([{ monitors: true, replicates: true }]);
    } finally {
      await server.stop();
    }
  });
});
