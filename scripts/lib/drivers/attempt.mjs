// node attempt.mjs <driver> <folder of packages> <file of attempts>: fails with node-postgres or postgres.js, and prints
// what each attempt ends with.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';

const LONGEST = 8000;

const [, , driver, folder, attempts] = process.argv;
const load = createRequire(join(folder, 'x.js'));

const tls = ({ tls, ca, host }) =>
  tls === 'disable'
    ? false
    : tls === 'require'
      ? { rejectUnauthorized: false }
      : { ca: readFileSync(ca), servername: host.startsWith('/') ? undefined : host };

const drivers = {
  pg: async (given) => {
    const { Client } = load('pg');
    const client = new Client({
      host: given.host,
      port: given.port,
      user: given.user,
      password: given.password,
      database: given.database,
      ssl: tls(given),
      connectionTimeoutMillis: given.timeout * 1000,
    });
    client.on('error', () => undefined);
    await client.connect();
    await client.query('select 1');
  },
  postgres: async (given) => {
    const sql = load('postgres')({
      host: given.host,
      port: given.port,
      user: given.user,
      password: given.password,
      database: given.database,
      ssl: tls(given),
      connect_timeout: given.timeout,
      max: 1,
    });
    try {
      await sql`select 1`;
    } finally {
      await sql.end({ timeout: 0 });
    }
  },
};

process.on('uncaughtException', (error) => console.error(error));
for (const given of JSON.parse(readFileSync(attempts, 'utf8'))) {
  try {
    // postgres.js tries again forever if it doesn't understand the answer.
    await Promise.race([drivers[driver](given), sleep(LONGEST).then(() => undefined)]);
  } catch (error) {
    const printed = inspect(error)
      .split('\n')
      .filter((line) => !/^\s+at /.test(line))
      .join('\n');
    console.log(JSON.stringify({ id: given.id, texts: [String(error), printed] }));
  }
}
process.exit(0);
