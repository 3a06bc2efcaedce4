import { chmodSync, chownSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Client } from 'pg';
import { accountNamed } from './accounts.ts';
import { fromDebian } from './binaries.ts';
import { must } from './command.ts';
import type { Layout } from './layout.ts';
import { clearLoopback } from './loopback.ts';
import { own } from './places.ts';
import { freshServer, startServer } from './server.ts';
import { until } from './until.ts';

/** Authentication methods that every server of the tests is built with. */
const everywhere = ['trust', 'reject', 'md5', 'password', 'scram-sha-256', 'ident', 'peer', 'radius', 'cert', 'oauth'];

/** What Debian's packages have in addition (scripts/lib/postgres-packages.mjs: the majors that npm lacks). */
const ofDebian = ['gss', 'ldap', 'pam'];

/** Authentication methods that the server of a major is built with. */
export const builtIn = (major: number): readonly string[] =>
  fromDebian(major) ? [...everywhere, ...ofDebian] : everywhere;

export const PORT = 5432;

/** A pg_hba.conf with the files that it names, in its own directory. */
export interface HbaFiles {
  readonly text: Buffer;
  readonly files: Readonly<Record<string, Buffer>>;
}

/**
 * A server whose pg_hba.conf is alone in a directory, and one connection to it that outlives every change of the file.
 */
export interface HbaServer {
  readonly client: Client;
  readonly folder: string;
  readonly socketDirectory: string;
  /** Replaces the files of the previous call. */
  readonly write: (files: HbaFiles) => void;
  /** Makes the server load the current file, and waits until it has. */
  readonly reload: () => Promise<void>;
  readonly log: () => string;
  readonly stop: () => Promise<void>;
}

export async function hbaServer(major: number, settings: readonly string[] = []): Promise<HbaServer> {
  clearLoopback();
  const folder = `${own}/hba-${major}`;
  const data = `${own}/hba-data-${major}`;
  const socketDirectory = `${own}/hba-socket-${major}`;
  const layout: Layout = {
    configDirectory: data,
    dataDirectory: data,
    socketDirectory,
    account: 'postgres',
    settings: [
      `hba_file = '${folder}/pg_hba.conf'`,
      `unix_socket_directories = '${socketDirectory}'`,
      "listen_addresses = '127.0.0.1, ::1'",
      `port = ${PORT}`,
      'ssl = on',
      'max_connections = 40',
      ...settings,
    ],
    here: (path) => path,
    rewrite: (content) => content,
  };
  let present: HbaFiles = { text: Buffer.alloc(0), files: {} };
  const write = (next: HbaFiles) => {
    for (const name of Object.keys(present.files))
      rmSync(`${folder}/${name.split('/')[0]}`, { recursive: true, force: true });
    present = next;
    writeFileSync(`${folder}/pg_hba.conf`, next.text);
    for (const [name, content] of Object.entries(next.files)) {
      mkdirSync(dirname(`${folder}/${name}`), { recursive: true });
      writeFileSync(`${folder}/${name}`, content);
    }
  };
  // Files left by another test would be read if this one names files that do not exist.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755);
  write({ text: Buffer.from('local all all trust\n'), files: {} });
  await freshServer(major, 'postgres', layout);
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const subject = [...key, '-days', '9', '-subj', '/CN=localhost'];
  must('openssl', ['req', '-x509', ...subject, '-keyout', `${data}/server.key`, '-out', `${data}/server.crt`]);
  const { uid, gid } = accountNamed('postgres');
  for (const name of ['server.key', 'server.crt']) chownSync(`${data}/${name}`, uid, gid);
  const server = await startServer(major, layout);
  const client = new Client({ host: socketDirectory, port: PORT, user: 'postgres', database: 'postgres' });
  await client.connect();
  const loaded = async () => (await client.query('select pg_conf_load_time()::text as loaded')).rows[0]?.loaded;
  return {
    client,
    folder,
    socketDirectory,
    write,
    reload: async () => {
      const before = await loaded();
      const logged = server.log().length;
      // A postgresql.conf with errors does not change the time, and the log says so.
      const isRead = async () =>
        (await loaded()) !== before || server.log().slice(logged).includes(' contains errors; ');
      await client.query('select pg_reload_conf()');
      await until('the server has read its files again', isRead, server.log);
    },
    log: server.log,
    stop: async () => {
      await client.end();
      await server.stop();
    },
  };
}
