import type { Plan } from '../../../app/core/index.ts';

/** Where a platform's packages install a server, and what they write to postgresql.conf. */
export interface Layout {
  readonly configDirectory: string;
  readonly dataDirectory: string;
  /** Directory of the local socket; null on Windows, which is administered over 127.0.0.1. */
  readonly socketDirectory: string | null;
  /** The operating system account that the server runs as. */
  readonly account: string;
  /** Lines at the end of the packaged postgresql.conf. */
  readonly settings: readonly string[];
  /** The local path for a path of the plan's platform: the same, except on Windows. */
  readonly here: (path: string) => string;
  /** A file's local content: the same bytes, except for the data directory's path on Windows. */
  readonly rewrite: (content: string) => string;
}

const same = (text: string): string => text;
const unchanged = { here: same, rewrite: same };

/** The platform as its packages ship it; written from the packages, not from what Postern says about them. */
export function layoutOf(plan: Plan): Layout {
  const { server } = plan;
  const { major } = server;
  const account = server.osUser ?? 'postgres';
  const beside = (dataDirectory: string, socketDirectory: string, settings: readonly string[]): Layout => ({
    configDirectory: server.configDirectory ?? server.dataDirectory ?? dataDirectory,
    dataDirectory: server.dataDirectory ?? dataDirectory,
    socketDirectory,
    account,
    settings: [`unix_socket_directories = '${socketDirectory}'`, ...settings],
    ...unchanged,
  });
  switch (server.platform) {
    case 'debian': {
      // pg_createcluster(1): configuration under /etc, data under /var/lib, and conf.d already included.
      const config = server.configDirectory ?? `/etc/postgresql/${major}/${server.cluster}`;
      const data = server.dataDirectory ?? `/var/lib/postgresql/${major}/${server.cluster}`;
      return {
        configDirectory: config,
        dataDirectory: data,
        socketDirectory: '/var/run/postgresql',
        account,
        settings: [
          `data_directory = '${data}'`,
          `hba_file = '${config}/pg_hba.conf'`,
          `ident_file = '${config}/pg_ident.conf'`,
          `external_pid_file = '/var/run/postgresql/${major}-${server.cluster}.pid'`,
          'port = 5432',
          "unix_socket_directories = '/var/run/postgresql'",
          "include_dir = 'conf.d'",
        ],
        ...unchanged,
      };
    }
    case 'rhel':
      return beside(`/var/lib/pgsql/${major}/data`, '/run/postgresql', ["log_timezone = 'UTC'"]);
    case 'docker':
      // docker-library/postgres sets listen_addresses in the sample file; since 18, PGDATA contains the major.
      return beside(
        major >= 18 ? `/var/lib/postgresql/${major}/docker` : '/var/lib/postgresql/data',
        '/var/run/postgresql',
        ["listen_addresses = '*'"],
      );
    case 'macos':
      return {
        ...beside(`/opt/homebrew/var/postgresql@${major}`, '/tmp', []),
        account: server.osUser ?? server.superuser,
      };
    case 'source':
      return beside('/usr/local/pgsql/data', '/tmp', []);
    case 'windows':
      return windows(plan);
  }
}

/** Linux has no drive letters, so `C:\dir` becomes `/srv/windows/C/dir`. The other bytes of the files are unchanged. */
function windows({ server }: Plan): Layout {
  const directory = server.dataDirectory ?? `C:\\Program Files\\PostgreSQL\\${server.major}\\data`;
  const here = (path: string) => path.replace(/^([A-Za-z]):/, '/srv/windows/$1').replace(/[\\/]+/g, '/');
  const dataDirectory = here(directory);
  // In postgresql.conf a backslash is written twice.
  const words = directory.split(/[\\/]+/).map((word) => word.replace(/[.*+?^${}()|[\]]/g, '\\$&'));
  const written = new RegExp(`${words.join('[\\\\/]+')}[^'\\s]*`, 'g');
  return {
    configDirectory: here(server.configDirectory ?? directory),
    dataDirectory,
    socketDirectory: null,
    account: 'postgres',
    settings: ["listen_addresses = '*'", "unix_socket_directories = ''"],
    here,
    rewrite: (content) => content.replace(written, here),
  };
}
