import { expect, test } from 'vitest';
import { PLATFORMS, type Platform, platformFacts } from './platform.ts';
import { MAJORS } from './release.ts';

const facts = (platform: Platform, major: number) =>
  platformFacts(
    {
      platform,
      cluster: 'main',
      port: 5432,
      dataDirectory: null,
      configDirectory: null,
      superuser: 'postgres',
      osUser: null,
    },
    major,
  );

/** On a machine with two majors, the files of one must never change the other. */
test.each(PLATFORMS.flatMap((platform) => MAJORS.map((major) => [platform, major] as const)))(
  'on %s nothing of %i names another major',
  (platform, major) => {
    const named = Object.values(facts(platform, major))
      .flatMap((value) => (typeof value === 'string' ? [value] : []))
      .flatMap((text) => text.match(/(?<![0-9])(?:1[0-9]|2[0-9])(?![0-9])/g) ?? []);
    expect([...new Set(named)].filter((one) => one !== String(major))).toEqual([]);
  },
);

test('19 has its own paths and service everywhere', () => {
  expect(
    PLATFORMS.map((platform) => [platform, facts(platform, 19).configDirectory, facts(platform, 19).service]),
  ).toEqual([
    ['debian', '/etc/postgresql/19/main', 'postgresql@19-main.service'],
    ['rhel', '/var/lib/pgsql/19/data', 'postgresql-19.service'],
    ['windows', 'C:\\Program Files\\PostgreSQL\\19\\data', 'postgresql-x64-19'],
    ['macos', '/opt/homebrew/var/postgresql@19', 'postgresql@19'],
    ['docker', '/var/lib/postgresql/19/docker', null],
    ['source', '/usr/local/pgsql/data', null],
  ]);
});
