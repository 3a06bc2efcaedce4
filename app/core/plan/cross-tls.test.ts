import { describe, expect, test } from 'vitest';
import { audit, defaultPlan, generate, MAJORS, type Plan, parseConf, parseHosts, parsePlan } from '../index.ts';

function plan(major: number, security: Partial<Plan['security']>): Plan {
  const start = defaultPlan('direct');
  return { ...start, server: { ...start.server, major }, security: { ...start.security, ...security } };
}

const refusals = (of: Plan) => {
  const parsed = parsePlan(of);
  return parsed.ok ? [] : parsed.issues.map(({ path, message }) => `${path}: ${message}`);
};
const file = (of: Plan, path: string) => generate(of).files.find((one) => one.path === path)?.content ?? '';
const settings = (of: Plan) => file(of, 'database-server/conf.d/postern.conf');

describe('key exchange groups', () => {
  test.each(MAJORS)('one curve is accepted by %i, under the name of its setting', (major) => {
    const of = plan(major, { groups: 'secp384r1' });
    expect(refusals(of)).toEqual([]);
    expect(settings(of)).toContain(major >= 18 ? "ssl_groups = 'secp384r1'" : "ssl_ecdh_curve = 'secp384r1'");
    expect(settings(of)).not.toContain(major >= 18 ? 'ssl_ecdh_curve =' : 'ssl_groups =');
  });

  test('a list is accepted since 18, and rejected before with the major and one curve as the fix', () => {
    expect(refusals(plan(18, { groups: 'X25519:secp384r1' }))).toEqual([]);
    expect(refusals(plan(17, { groups: 'X25519:secp384r1' }))).toEqual([
      expect.stringMatching(/^security\.groups: .*PostgreSQL 17 accepts one curve.*Write secp384r1/),
    ]);
  });

  test('a name that only newer servers know is rejected before 18, and an alias of a curve gets its supported name', () => {
    expect(refusals(plan(16, { groups: 'X25519' }))).toEqual([
      expect.stringContaining('PostgreSQL 16 does not accept'),
    ]);
    expect(refusals(plan(16, { groups: 'P-384' }))).toEqual([expect.stringContaining('Write secp384r1')]);
  });
});

describe('direct TLS', () => {
  test('is rejected below 17 with the major, and for no other reason', () => {
    expect(refusals(plan(16, { directTls: true }))).toEqual([
      expect.stringMatching(/^security\.directTls: PostgreSQL 16 /),
    ]);
    expect(refusals(plan(17, { directTls: true }))).toEqual([]);
  });

  test('is written in the syntax of each driver', () => {
    const strings = file(plan(18, { directTls: true }), 'clients/connection-strings.md');
    expect(strings).toContain('sslmode=verify-full sslnegotiation=direct channel_binding');
    expect(strings).toContain('sslmode=verify-full&sslNegotiation=direct');
    expect(strings).toContain("sslnegotiation: 'direct'");
    expect(strings).toContain('SSL Mode=VerifyFull;SSL Negotiation=Direct');
    expect(strings).toMatch(/^postgres:.*&sslnegotiation=direct/m);
    expect(file(plan(18, { directTls: true }), 'clients/pg_service.conf')).toContain('\nsslnegotiation=direct\n');
    expect(file(plan(18, {}), 'clients/connection-strings.md').toLowerCase()).not.toContain('sslnegotiation');
  });

  test('is not required of PgBouncer, which may be too old for it', () => {
    const start = defaultPlan('bastion');
    if (start.network.pattern !== 'bastion') throw new Error('the default of bastion is bastion');
    const proxy = { kind: 'pgbouncer', port: 6432, poolMode: 'session', authRole: 'pgbouncer' } as const;
    const of: Plan = {
      ...start,
      network: { ...start.network, proxy },
      security: { ...start.security, directTls: true },
    };
    expect(refusals(of)).toEqual([]);
    expect(file(of, 'clients/connection-strings.md')).not.toContain('negotiation');
    expect(generate(of).findings.map(({ id }) => id)).toContain('direct-pooler');
  });
});

test("where the system's trust store is the CA, the alternative for an older libpq is stated", () => {
  const strings = file(plan(18, { certificate: { source: 'lets-encrypt' } }), 'clients/connection-strings.md');
  expect(strings).toContain('sslrootcert=system');
  expect(strings).toContain('/etc/ssl/certs/ca-certificates.crt');
  expect(file(plan(18, { certificate: { source: 'lets-encrypt' } }), 'clients/verify.sh')).toContain(`"$roots"`);
});

describe('certificates of further host names', () => {
  const files = { certificateFile: '/etc/ssl/orders.crt', keyFile: '/etc/ssl/orders.key' };
  const named = (...names: string[]) => ({ hostCertificates: names.map((name) => ({ name, ...files })) });
  const HOSTS = 'database-server/pg_hosts.conf';
  const at = (index: number, part = 'name') => `security.hostCertificates.${index}.${part}`;

  test.each(MAJORS)('are written on 19 and rejected before it: %i', (major) => {
    const of = plan(major, named('orders.example.com'));
    expect(refusals(of)).toEqual(
      major >= 19
        ? []
        : [
            expect.stringMatching(
              new RegExp(
                `^security\\.hostCertificates: Certificate for "orders\\.example\\.com": PostgreSQL ${major} .*Choose version 19`,
              ),
            ),
          ],
    );
    expect(refusals(plan(major, named()))).toEqual([]);
  });

  test.each([
    ['*.example.com', 'matches no client'],
    ['*', 'matches no client'],
    ['10.0.0.1', 'send no host name'],
    ['2001:db8::1', 'send no host name'],
    ['a b', 'is not a DNS name'],
    ['/no_sni/', 'is not a DNS name'],
    ['', 'Required'],
  ])('%j is rejected where it was typed', (name, reason) =>
    expect(refusals(plan(19, named(name)))).toEqual([expect.stringContaining(reason)]),
  );

  test('a relative path is rejected with the path of such a file', () => {
    const relative = [{ name: 'a.example', certificateFile: 'orders.crt', keyFile: 'orders.key' }];
    expect(refusals(plan(19, { hostCertificates: relative }))).toEqual([
      expect.stringContaining('Write /etc/ssl/certs/orders.crt.'),
      expect.stringContaining('Write /etc/ssl/private/orders.key.'),
    ]);
  });

  test('a path with a drive letter is rejected where PostgreSQL takes it for a relative one', () => {
    const drive = [{ name: 'a.example', certificateFile: 'C:\\tls\\a.crt', keyFile: '/etc/ssl/a.key' }];
    expect(refusals(plan(19, { hostCertificates: drive }))).toEqual([
      expect.stringContaining(`${at(0, 'certificateFile')}: "C:`),
    ]);
    const on = plan(19, { hostCertificates: drive });
    expect(
      refusals({ ...on, server: { ...on.server, platform: 'windows' }, firewall: { ...on.firewall, kind: 'none' } }),
    ).toEqual([]);
  });

  test('a name has one certificate, whatever its case, and those of the plan keep that of the server', () => {
    expect(refusals(plan(19, named('Orders.example.com', 'orders.EXAMPLE.com')))).toEqual([
      `${at(1)}: "orders.EXAMPLE.com" already has a certificate. PostgreSQL rejects a name that is listed twice. Remove one of them.`,
    ]);
    expect(refusals(plan(19, named('DB.example.com')))).toEqual([
      expect.stringContaining(`${at(0)}: "DB.example.com" is a name by`),
    ]);
    const bastion = defaultPlan('bastion');
    const behind = { ...bastion, server: { ...bastion.server, major: 19 } };
    for (const name of ['localhost', 'bastion.example.com'])
      expect(refusals({ ...behind, security: { ...behind.security, ...named(name) } })).toEqual([
        expect.stringContaining(`"${name}" is a name by`),
      ]);
    expect(refusals(plan(19, named('localhost', 'bastion.example.com')))).toEqual([]);
  });

  test("the server's own certificate needs no entry", () => {
    const certificate = { source: 'existing', rootFile: null, ...files } as const;
    expect(refusals(plan(19, { certificate, ...named('orders.example.com') }))).toEqual([
      expect.stringContaining(
        `${at(0, 'certificateFile')}: Certificate file "/etc/ssl/orders.crt" is the certificate of the server`,
      ),
    ]);
  });

  test('are in pg_hosts.conf, with an entry for everyone else and the CA of client certificates', () => {
    const other = { name: 'include', certificateFile: '/etc/ssl/of others.crt', keyFile: '/etc/ssl/of others.key' };
    const two = named('orders.example.com', 'Stock.example.com').hostCertificates;
    const of = plan(19, { hostCertificates: [...two.slice(0, 1), other, ...two.slice(1)] });
    const { entries, problems } = parseHosts(file(of, HOSTS));
    expect(problems).toEqual([]);
    const folder = '/etc/postgresql/19/main';
    const ca = `${folder}/postern-ca.crt`;
    expect(entries.map(({ hostnames, certificate, key, ca }) => [hostnames, certificate, key, ca])).toEqual([
      [['orders.example.com', 'Stock.example.com'], files.certificateFile, files.keyFile, ca],
      [['include'], other.certificateFile, other.keyFile, ca],
      [['*'], `${folder}/postern-server.crt`, `${folder}/postern-server.key`, ca],
    ]);
    expect(settings(of)).toContain("ssl_sni = 'on'  # reload");
    expect(settings(of)).toContain(`hosts_file = '${folder}/pg_hosts.conf'  # restart`);
    expect(settings(of)).toMatch(
      /the server uses the line \* of pg_hosts\.conf instead\.\nssl_cert_file = '\S+\/postern-server\.crt'/,
    );
    const conf = parseConf(settings(of), { major: 19 });
    const audited = audit({ hosts: file(of, HOSTS), conf, major: 19 }).filter(({ id }) => id.startsWith('hosts-'));
    expect(audited.filter(({ severity }) => severity !== 'info')).toEqual([]);
    const withoutClients = parseHosts(
      file({ ...of, security: { ...of.security, certificate: { source: 'lets-encrypt' } } }, HOSTS),
    );
    expect(withoutClients.entries.map((entry) => entry.ca)).toEqual([null, null, null]);
  });

  test('where the configuration is in the data directory, hosts_file is not set; replicas have no such file', () => {
    const start = defaultPlan('private');
    if (start.network.pattern !== 'private') throw new Error('the default of private is private');
    start.network.replicas = [{ name: 'replica.example.com', addresses: ['10.0.2.11'] }];
    const of = { ...start, server: { ...start.server, major: 19, platform: 'rhel' as const } };
    const bundle = generate({ ...of, security: { ...of.security, ...named('orders.example.com') } });
    const about = bundle.files
      .filter(({ content }) => /^(ssl_sni|hosts_file) =/m.test(content))
      .map(({ path }) => path);
    expect(about).toEqual(['database-server/conf.d/postern.conf']);
    expect(bundle.files.filter(({ path }) => path.endsWith('pg_hosts.conf')).map(({ path }) => path)).toEqual([HOSTS]);
    expect(bundle.files.some(({ content }) => /^hosts_file =/m.test(content))).toBe(false);
    const replica = bundle.files.find(({ path }) => /^replicas\/.*postern\.conf$/.test(path))?.content;
    expect(replica).toContain('ssl_cert_file');
    expect(replica).not.toContain('pg_hosts');
  });

  test('the guides check names and files, and tell their clients which CA to use', () => {
    const two = [
      ...named('orders.example.com', 'stock.example.com').hostCertificates,
      { name: 'shop.example.com', certificateFile: '/etc/ssl/shop.crt', keyFile: '/etc/ssl/shop.key' },
    ];
    const of = plan(19, { hostCertificates: two });
    const readme = file(of, 'README.md');
    for (const [name, certificate] of [
      ['orders.example.com', files.certificateFile],
      ['stock.example.com', files.certificateFile],
      ['shop.example.com', '/etc/ssl/shop.crt'],
    ]) {
      expect(readme).toContain(`sudo openssl x509 -noout -checkhost ${name} -in ${certificate}\n`);
      expect(readme).toContain(`-connect ${name}:5432 -servername ${name} -verify_hostname ${name}`);
    }
    expect(readme).toMatch(/IP address.* get \S*postern-server\.crt\./);
    const manual = file(of, 'manual-steps.md');
    const restart = manual.indexOf('sudo systemctl restart');
    for (const path of ['/etc/ssl/orders.crt', '/etc/ssl/orders.key', '/etc/ssl/shop.crt', '/etc/ssl/shop.key']) {
      const at = manual.indexOf(`sudo -u postgres test -r ${path} || echo ${path}\n`);
      expect(at).toBeGreaterThan(0);
      expect(at).toBeLessThan(restart);
    }
    for (const [platform, command] of [
      ['docker', 'docker compose exec -T -u postgres db test -r /etc/ssl/orders.key || echo /etc/ssl/orders.key\n'],
      ['macos', '\ntest -r /etc/ssl/orders.key || echo /etc/ssl/orders.key\n'],
    ] as const)
      expect(
        [...generate({ ...of, server: { ...of.server, platform } }).files]
          .filter(({ path }) => path === (platform === 'docker' ? 'manual-steps.md' : 'README.md'))
          .map(({ content }) => content)
          .join(),
      ).toContain(command);
    const none = plan(19, named());
    expect(file(none, 'README.md') + file(none, 'manual-steps.md')).not.toMatch(/checkhost|test -r|CA_FILE/);
  });

  test('without any, there is neither the file nor the settings', () => {
    const { files } = generate(plan(19, named()));
    expect(files.filter(({ path, content }) => path === HOSTS || /^(ssl_sni|hosts_file) =/m.test(content))).toEqual([]);
  });

  test('the finding says which certificate a name, any other name and no name gets', () => {
    const [found] = generate(plan(19, named('a.example', 'b.example'))).findings.filter(
      ({ id }) => id === 'host-certificates',
    );
    expect(found?.message).toBe(
      'Certificates by host name: a.example, b.example: /etc/ssl/orders.crt. Any other name, an IP address, or a client without SNI: /etc/postgresql/19/main/postern-server.crt.',
    );
    expect(generate(plan(19, named())).findings.some(({ id }) => id === 'host-certificates')).toBe(false);
  });
});
