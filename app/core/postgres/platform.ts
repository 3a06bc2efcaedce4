import { type PowerShell, powershell, psWord } from '../quote/powershell.ts';
import { type Sh, sh, shWord } from '../quote/sh.ts';

export const PLATFORMS = ['debian', 'rhel', 'windows', 'macos', 'docker', 'source'] as const;
export type Platform = (typeof PLATFORMS)[number];

/** User-specified properties of an installation; null means the platform's default. */
export interface Installation {
  readonly platform: Platform;
  readonly cluster: string;
  readonly port: number;
  readonly dataDirectory: string | null;
  readonly configDirectory: string | null;
  readonly superuser: string;
  readonly osUser: string | null;
}

/** Facts determined by a platform's packages: paths, accounts, and how the server is reloaded or restarted. */
export interface PlatformFacts {
  readonly platform: Platform;
  readonly label: string;
  /** Directory of postgresql.conf and pg_hba.conf. */
  readonly configDirectory: string;
  readonly dataDirectory: string;
  /** Between path and file name: `\` on Windows. */
  readonly separator: '/' | '\\';
  /** The account that the server runs as. */
  readonly osUser: string;
  /** Where the local socket is; null on Windows, where administrators connect over 127.0.0.1. */
  readonly socketDirectory: string | null;
  /** The service's name, if there is a service manager. */
  readonly service: string | null;
  /** Shell commands; PowerShell ones on Windows. */
  readonly reload: Sh | PowerShell;
  readonly restart: Sh | PowerShell;
  /** Runs psql as the superuser on the server itself; arguments may be appended. */
  readonly superuserPsql: Sh | PowerShell;
  /** The packaged postgresql.conf already includes conf.d. */
  readonly includesConfD: boolean;
  /** Method of the local socket as the platform ships it; null if there is no socket by default. */
  readonly localMethod: 'peer' | 'trust' | null;
  /** systemd manages the service. */
  readonly systemd: boolean;
}

/**
 * Paths and commands for an installation of a major. The user's own directories and account take precedence over the
 * platform's.
 */
export function platformFacts(installation: Installation, major: number): PlatformFacts {
  const { platform, cluster, port } = installation;
  const shipped = directories(platform, major, cluster);
  const dataDirectory = installation.dataDirectory ?? shipped.data;
  const configDirectory =
    installation.configDirectory ?? (shipped.config === shipped.data ? dataDirectory : shipped.config);
  const osUser =
    installation.osUser ??
    (platform === 'macos' ? installation.superuser : platform === 'windows' ? 'NETWORK SERVICE' : 'postgres');
  const socketDirectory = SOCKETS[platform];
  const shared = { platform, configDirectory, dataDirectory, socketDirectory, osUser };
  const asServer = sh`sudo -u ${shWord(osUser)}`;
  const superuser =
    installation.superuser === 'postgres' && osUser === 'postgres' ? sh`` : sh` -U ${shWord(installation.superuser)}`;
  // Without them a psql that isn't Debian's wrapper looks for port 5432 in the directory compiled into it.
  const to = sh` -h ${shWord(socketDirectory ?? '')} -p ${port}${superuser}`;
  const data = shWord(dataDirectory);
  switch (platform) {
    case 'debian': {
      const unit = `postgresql@${major}-${cluster}`;
      return {
        ...shared,
        label: 'Debian or Ubuntu',
        separator: '/',
        service: `${unit}.service`,
        reload: sh`sudo systemctl reload ${shWord(unit)}`,
        restart: sh`sudo systemctl restart ${shWord(unit)}`,
        superuserPsql: sh`${asServer} psql${to}`,
        includesConfD: true,
        localMethod: 'peer',
        systemd: true,
      };
    }
    case 'rhel':
      return {
        ...shared,
        label: 'RHEL family',
        separator: '/',
        service: `postgresql-${major}.service`,
        reload: sh`sudo systemctl reload postgresql-${major}`,
        restart: sh`sudo systemctl restart postgresql-${major}`,
        superuserPsql: sh`${asServer} psql${to}`,
        includesConfD: false,
        localMethod: 'peer',
        systemd: true,
      };
    case 'windows': {
      const bin = `C:\\Program Files\\PostgreSQL\\${major}\\bin`;
      return {
        ...shared,
        label: 'Windows',
        separator: '\\',
        service: `postgresql-x64-${major}`,
        reload: powershell`& ${psWord(`${bin}\\pg_ctl.exe`)} reload -D ${psWord(dataDirectory)}`,
        restart: powershell`Restart-Service postgresql-x64-${major}`,
        superuserPsql: powershell`& ${psWord(`${bin}\\psql.exe`)} -h 127.0.0.1 -p ${port} -U ${psWord(installation.superuser)}`,
        includesConfD: false,
        localMethod: null,
        systemd: false,
      };
    }
    case 'macos':
      return {
        ...shared,
        label: 'macOS with Homebrew',
        separator: '/',
        service: `postgresql@${major}`,
        reload: sh`/opt/homebrew/opt/postgresql@${major}/bin/pg_ctl reload -D ${data}`,
        restart: sh`brew services restart postgresql@${major}`,
        superuserPsql: sh`/opt/homebrew/opt/postgresql@${major}/bin/psql -h ${shWord(socketDirectory ?? '')} -p ${port} -U ${shWord(installation.superuser)}`,
        includesConfD: false,
        localMethod: 'trust',
        systemd: false,
      };
    case 'docker':
      return {
        ...shared,
        label: 'Docker official image',
        separator: '/',
        service: null,
        reload: sh`docker compose kill -s HUP db`,
        restart: sh`docker compose restart db`,
        superuserPsql: sh`docker compose exec -T -u ${shWord(osUser)} db psql${to}`,
        includesConfD: false,
        localMethod: 'trust',
        systemd: false,
      };
    case 'source':
      return {
        ...shared,
        label: 'built from source',
        separator: '/',
        service: null,
        reload: sh`${asServer} /usr/local/pgsql/bin/pg_ctl reload -D ${data}`,
        restart: sh`${asServer} /usr/local/pgsql/bin/pg_ctl restart -D ${data}`,
        superuserPsql: sh`${asServer} /usr/local/pgsql/bin/psql${to}`,
        includesConfD: false,
        localMethod: 'trust',
        systemd: false,
      };
  }
}

/** A file in a directory, in the platform's notation. */
export const pathIn = (facts: PlatformFacts, directory: string, ...names: readonly string[]): string =>
  [directory.replace(/[/\\]+$/, ''), ...names].join(facts.separator);

/** As the packages configure `unix_socket_directories`; those of RHEL also list /tmp. */
const SOCKETS: Readonly<Record<Platform, string | null>> = {
  debian: '/var/run/postgresql',
  rhel: '/run/postgresql',
  windows: null,
  macos: '/tmp',
  docker: '/var/run/postgresql',
  source: '/tmp',
};

function directories(
  platform: Platform,
  major: number,
  cluster: string,
): { readonly data: string; readonly config: string } {
  switch (platform) {
    case 'debian':
      return { data: `/var/lib/postgresql/${major}/${cluster}`, config: `/etc/postgresql/${major}/${cluster}` };
    case 'rhel':
      return both(`/var/lib/pgsql/${major}/data`);
    case 'windows':
      return both(`C:\\Program Files\\PostgreSQL\\${major}\\data`);
    case 'macos':
      return both(`/opt/homebrew/var/postgresql@${major}`);
    case 'docker':
      return both(major >= 18 ? `/var/lib/postgresql/${major}/docker` : '/var/lib/postgresql/data');
    case 'source':
      return both('/usr/local/pgsql/data');
  }
}

const both = (directory: string) => ({ data: directory, config: directory });
