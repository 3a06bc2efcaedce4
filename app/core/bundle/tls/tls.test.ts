import { expect, test } from 'vitest';
import {
  type Client,
  defaultClient,
  defaultPlan,
  deriveAccess,
  generate,
  ownAuthority,
  type Plan,
} from '../../index.ts';
import { clientCertificates, rootCertificate, serverTlsPaths } from './paths.ts';

const MAKE = 'your-machine/make-certificates.sh';
const find = (plan: Plan, path: string) => generate(plan).files.find((file) => file.path === path)?.content;

function plan(
  certificate: Plan['security']['certificate'],
  roles: string[] = [],
  platform: Plan['server']['platform'] = 'debian',
): Plan {
  const start = defaultPlan('direct');
  const clients: Client[] = roles.map((role, index) => ({
    ...defaultClient('public'),
    name: `client ${index}`,
    roles: [role],
    sources: ['198.51.100.0/28'],
    auth: { method: 'cert' },
  }));
  return {
    ...start,
    server: { ...start.server, platform },
    security: { ...start.security, certificate },
    clients: [...start.clients, ...clients],
  };
}

const own: Plan['security']['certificate'] = ownAuthority;
const letsEncrypt: Plan['security']['certificate'] = { source: 'lets-encrypt' };
const existing: Plan['security']['certificate'] = {
  source: 'existing',
  certificateFile: '/etc/ssl/db.crt',
  keyFile: '/etc/ssl/db.key',
  rootFile: null,
};

test("the server's certificate contains its name and every address that clients use", () => {
  expect(find(plan(own), MAKE)).toContain(
    'issue server /CN=db.example.com serverAuth DNS:db.example.com,IP:203.0.113.10,IP:2001:db8:10::10\n',
  );
});

test('without a name, the first address is the common name, where libpq before 15 looks for it', () => {
  const start = plan(own);
  expect(find({ ...start, server: { ...start.server, name: null } }, MAKE)).toContain(
    'issue server /CN=203.0.113.10 serverAuth IP:203.0.113.10,IP:2001:db8:10::10\n',
  );
});

test('behind an SSH forward the certificate is also valid for the local end', () => {
  expect(find(defaultPlan('bastion'), MAKE)).toContain(
    'serverAuth DNS:db.example.com,DNS:localhost,IP:10.0.2.10,IP:fd00:0:0:2::10,IP:127.0.0.1,IP:::1\n',
  );
});

test('a replica has its own certificate', () => {
  const start = defaultPlan('private');
  if (start.network.pattern !== 'private') throw new Error('the default of private is private');
  start.network.replicas = [{ name: 'replica.example.com', addresses: ['10.0.2.11'] }];
  expect(find(start, MAKE)).toContain(
    'issue server-replica-example-com /CN=replica.example.com serverAuth DNS:replica.example.com,IP:10.0.2.11\n',
  );
});

test('each role that presents a certificate gets one with its name, for any name', () => {
  const script = find(plan(own, ['payroll', "o'brien", 'a/b', '$(id)']), MAKE) ?? '';
  expect(script).toContain('issue clients/payroll /CN=payroll clientAuth\n');
  expect(script).toContain("'/CN=o'\\''brien' clientAuth\n");
  expect(script).toContain("'/CN=a\\/b' clientAuth\n");
  expect(script).toContain("'/CN=$(id)' clientAuth\n");
});

test("a role's files keep their names when other roles are added and removed, so that no key passes to another role", () => {
  const slugs = (roles: string[]) =>
    new Map(clientCertificates(deriveAccess(plan(own, roles))).map(({ role, slug }) => [role, slug]));
  const [all, fewer] = [slugs(['a"b', 'a,b', 'a-b']), slugs(['a,b'])];
  expect(new Set(all.values()).size).toBe(3);
  expect(all.get('a-b')).toBe('a-b');
  expect(fewer.get('a,b')).toBe(all.get('a,b'));
});

test('with another CA for the server, ours signs only clients, and only if there are any', () => {
  expect(find(plan(existing), MAKE)).toBeUndefined();
  expect(find(plan(letsEncrypt), 'database-server/install-certificates.sh')).toBeUndefined();
  const script = find(plan(letsEncrypt, ['payroll']), MAKE) ?? '';
  expect(script).toContain('clientAuth\n');
  expect(script).not.toContain('serverAuth');
});

test('the paths that postgresql.conf names', () => {
  const paths = (of: Plan) => serverTlsPaths(deriveAccess(of));
  expect(paths(plan(own))).toEqual({
    certificate: '/etc/postgresql/18/main/postern-server.crt',
    key: '/etc/postgresql/18/main/postern-server.key',
    clientCa: '/etc/postgresql/18/main/postern-ca.crt',
    crl: null,
  });
  expect(paths(plan({ ...ownAuthority, revocation: true })).crl).toBe('/etc/postgresql/18/main/postern-ca.crl');
  expect(paths(plan(existing))).toEqual({
    certificate: '/etc/ssl/db.crt',
    key: '/etc/ssl/db.key',
    clientCa: null,
    crl: null,
  });
  expect(paths(plan(letsEncrypt)).clientCa).toBeNull();
  expect(paths(plan(own, [], 'docker')).key).toBe('/etc/postern/postern-server.key');
  expect(paths(plan(own, [], 'windows')).key).toBe('C:\\Program Files\\PostgreSQL\\18\\data\\postern-server.key');
});

test('what clients verify the server with', () => {
  const root = (of: Plan) => rootCertificate(deriveAccess(of));
  expect(root(plan(own))).toEqual({ file: '~/.postgresql/root.crt' });
  expect(root(plan(letsEncrypt))).toBe('system');
  expect(root(plan(existing))).toBe('system');
  expect(root(plan({ ...existing, rootFile: '/etc/ssl/root.crt' }))).toEqual({ file: '/etc/ssl/root.crt' });
});

test('the renewal hook copies what the server may read and acts for its own certificate only', () => {
  const hook = find(plan(letsEncrypt), 'database-server/letsencrypt-hook.sh') ?? '';
  expect(hook).toContain("*' 'db.example.com' '* | *' *.'example.com' '*) ;;");
  expect(hook).toContain('-m 0600 "$lineage/privkey.pem" /etc/postgresql/18/main/postern-server.key');
});
