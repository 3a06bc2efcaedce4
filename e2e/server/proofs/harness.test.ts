import { describe, expect, it } from 'vitest';
import { defaultPlan, type Plan } from '../../../app/core/index.ts';
import { majorsOf } from '../harness/amount.ts';
import { majors } from '../harness/binaries.ts';
import type { Files } from '../harness/bundle.ts';
import { deploy } from '../harness/deployment.ts';
import { promised, unwelcome } from '../harness/expectations.ts';
import { unexpected } from '../harness/knocking.ts';
import { localWays } from '../harness/local-ways.ts';
import { inNamespace } from '../harness/namespace.ts';

/** A bundle written by hand: the harness must be tested independently of the code that it tests. */
const certificatesScript = `
set -eu
mkdir -p certificates && cd certificates
openssl req -x509 -newkey rsa:2048 -nodes -days 9 -subj '/CN=by hand' -keyout ca.key -out ca.crt 2>/dev/null
openssl req -newkey rsa:2048 -nodes -subj /CN=db.example.com -keyout server.key -out server.csr 2>/dev/null
echo subjectAltName=DNS:db.example.com > san
openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 9 -extfile san -out server.crt 2>/dev/null
`;

const settings = `
listen_addresses = 'localhost, 203.0.113.10, 2001:db8:10::10'
ssl = on
ssl_cert_file = '/etc/postgresql/certificates/server.crt'
ssl_key_file = '/etc/postgresql/certificates/server.key'
password_encryption = 'scram-sha-256'
`;

const head = `
local all postgres peer
host all postgres 127.0.0.1/32 scram-sha-256
host all postgres ::1/128 scram-sha-256
`;

const right = `
hostssl app app 198.51.100.0/28 scram-sha-256
hostssl app app 2001:db8:20::/64 scram-sha-256
host all all all reject
host replication all all reject
`;

function byHand(plan: Plan, records: string): Files {
  const config = `/etc/postgresql/${plan.server.major}/main`;
  const file = (path: string, content: string) => ({
    path: `database-server/${path}`,
    target: `${config}/${path}`,
    content,
  });
  return [
    { path: 'your-machine/make-certificates.sh', content: certificatesScript },
    file('conf.d/postern.conf', settings),
    file('pg_hba.conf', head + records),
    {
      path: 'database-server/roles.sql',
      content: 'create database app; create role app login;',
    },
  ];
}

async function judge(plan: Plan, records: string) {
  const stands = await deploy(plan, byHand(plan, records));
  try {
    const trials = [...promised(plan), ...unwelcome(plan, plan.server.major)];
    const local = await localWays(stands);
    return [...(await unexpected(stands, trials)), ...local.wrong];
  } finally {
    await stands.stop();
  }
}

/** Defects of records, and how the harness reports each. */
const defects = [
  {
    name: 'a missing client',
    records: right.replace(/.*2001:db8:20.*\n/, ''),
    found: /from its network 2001:db8:20::\/64 .* should get in/,
  },
  {
    name: 'a network that is too wide',
    records: right.replace('198.51.100.0/28', '198.51.100.0/27'),
    found: /198\.51\.100\.16 is outside .* should be refused, but got in/,
  },
  {
    name: 'a record that does not require TLS',
    records: right.replaceAll('hostssl', 'host'),
    found: /without TLS .* should be refused, but got in/,
  },
  {
    name: 'a record with trust',
    records: right.replaceAll('scram-sha-256', 'trust'),
    found: /with a wrong password .* should be refused, but got in/,
  },
];

describe.skipIf(!inNamespace)('the harness', () => {
  const on = (major: number): Plan => {
    const start = defaultPlan('direct');
    return { ...start, server: { ...start.server, major } };
  };

  it.each(majors)('finds nothing wrong with a correct bundle on PostgreSQL %i', async (major) => {
    expect(await judge(on(major), right)).toEqual([]);
  });

  describe.each(defects.map((defect, at) => ({ ...defect, at })))('detects $name', ({ records, found, at }) => {
    it.each(majorsOf(at))('on PostgreSQL %i', async (major) => {
      expect(await judge(on(major), records)).toContainEqual(expect.stringMatching(found));
    });
  });
});
