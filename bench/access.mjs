/**
 * Benchmarks of the pg_hba engine, each as a ratio to its target; 1 and above meet it. The parser is compared with
 * PostgreSQL 18 on the same file, in the private namespace of the server tests.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { runnerImport } from 'vite';
import { child } from '../scripts/lib/child.mjs';
import { privateNamespace } from '../scripts/lib/namespace.mjs';
import { main } from '../scripts/lib/problem.mjs';
import { repository, serverPackage } from '../scripts/lib/repository.mjs';
import { bundled } from './core.mjs';

const MAJOR = 18;

function tell(what, figure, ratio) {
  console.log(`${ratio.toFixed(2).padStart(8)}  ${what}: ${figure}`);
}

const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(3)} s`;

/** The fastest of several runs, in milliseconds: other load on the machine only adds time. */
async function quickest(runs, run) {
  let best = Number.POSITIVE_INFINITY;
  for (let count = 0; count < runs; count++) {
    const began = performance.now();
    await run();
    best = Math.min(best, performance.now() - began);
  }
  return best;
}

const lines = (text) => text.split('\n').slice(0, -1);

/** A pg_hba.conf with this many records of every kind, the same in every run; with regular expressions or without. */
function mixed(count, expressions = true) {
  let state = 7;
  const below = (limit) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
  const one = (from) => from[below(from.length)];
  const rarely = (times) => below(times) === 0;
  const named = (start, most) => {
    const list = Array.from({ length: rarely(10) ? 3 : 1 }, () => `${start}${below(most)}`);
    return [...new Set(list)].join(',');
  };
  const database = () => {
    if (rarely(100)) return 'all';
    if (rarely(60)) return 'replication';
    if (rarely(200)) return one(['sameuser', 'samerole', '"all"', expressions ? `/^db${below(9)}[0-9]+$` : 'db']);
    return named('db', count / 4 + 1);
  };
  const user = () => {
    if (rarely(40)) return 'all';
    if (rarely(12)) return `+group${below(50)}`;
    if (rarely(200)) return expressions ? `/^u${below(9)}.*_ro$` : 'u';
    return named('u', count / 3 + 1);
  };
  const address = () => {
    if (rarely(200)) return one(['all', 'samehost', 'samenet', '.example.com', `host${below(count)}.example.com`]);
    if (rarely(5)) return `2001:db8:${below(65536).toString(16)}::/${one([48, 64, 128])}`;
    const four = `10.${below(256)}`;
    return one([
      '10.0.0.0/8',
      `${four}.0.0/16`,
      `${four}.${below(256)}.0/24`,
      `${four}.${below(256)}.${below(4) * 64}/26`,
      `${four}.${below(256)}.${below(256)}/32`,
      `${four}.${below(256)}.0 255.255.255.0`,
    ]);
  };
  const record = () => {
    const type = one(['host', 'host', 'host', 'hostssl', 'hostssl', 'hostssl', 'hostnossl', 'hostgssenc', 'local']);
    const method = one([
      'scram-sha-256',
      'scram-sha-256',
      'md5',
      'reject',
      ...(type === 'hostssl' ? ['cert map=people'] : []),
    ]);
    const fields = [type.padEnd(7), database().padEnd(11), user().padEnd(11)];
    return [...fields, ...(type === 'local' ? [] : [address().padEnd(17)]), method].join(' ');
  };
  return Array.from({ length: count }, () => `${rarely(50) ? `# ${below(count)}\n` : ''}${record()}\n`).join('');
}

/** Parsing and the rows of `pg_hba_file_rules`, compared with the server that counts those rows. */
async function parsing({ parseHba, fileRules }) {
  const text = mixed(100_000);
  const prepare = await ours('e2e/server/harness/global-setup.ts');
  prepare.default();
  const { hbaServer } = await ours('e2e/server/harness/hba-server.ts');
  const server = await hbaServer(MAJOR);
  try {
    server.write({ text: Buffer.from(text), files: {} });
    const count = async () => (await server.client.query('select count(*) from pg_hba_file_rules')).rows[0].count;
    if (Number(await count()) !== fileRules(text, { major: MAJOR }).length)
      throw new Error('not the rows of the server');
    const theirs = await quickest(15, count);
    const size = `100,000 records, ${(text.length / 1e6).toFixed(1)} MB`;
    const against = `PostgreSQL ${MAJOR} ${seconds(theirs)}`;
    const parsed = await quickest(15, () => parseHba(text, { major: MAJOR }));
    tell(
      `parseHba of ${size}, against half the time of the server`,
      `${seconds(parsed)}, ${against}`,
      theirs / 2 / parsed,
    );
    const rows = await quickest(15, () => fileRules(text, { major: MAJOR }));
    tell(`fileRules of ${size}, the same`, `${seconds(rows)}, ${against}`, theirs / 2 / rows);
  } finally {
    await server.stop();
  }
}

const ours = async (path) =>
  (await runnerImport(join(repository, path), { root: repository, configFile: false })).module;

async function reaching({ parseHba, reachability }) {
  const spent = [];
  for (const [records, wanted] of [
    [10_000, 1000],
    [100_000, 15_000],
  ]) {
    const hba = parseHba(mixed(records), { major: MAJOR });
    const taken = await quickest(3, () => reachability(hba));
    spent.push(taken);
    tell(`reachability of ${records} records in ${wanted / 1000} s`, seconds(taken), wanted / taken);
  }
  const exponent = Math.log10(spent[1] / spent[0]);
  console.log(`          time grows with the number of records to the power of ${exponent.toFixed(2)}`);
}

async function deciding({ parseHba, decider }) {
  const hba = parseHba(mixed(1000), { major: MAJOR });
  const decide = decider(hba);
  const connections = Array.from({ length: 1000 }, (_, index) => ({
    transport: 'tcp',
    encryption: index % 3 === 0 ? 'none' : 'tls',
    address: `10.${index % 256}.${(index * 7) % 256}.${index % 200}`,
    database: `db${index % 250}`,
    user: `u${index % 330}`,
    roles: index % 5 === 0 ? [`group${index % 50}`] : [],
    replication: index % 60 === 0,
  }));
  let caught = 0;
  const taken = await quickest(5, () => {
    for (let round = 0; round < 200; round++) for (const connection of connections) if (decide(connection)) caught++;
  });
  const rate = 200_000 / (taken / 1000);
  if (caught === 0) throw new Error('no connection is caught');
  tell('decisions a second about 1000 records, of a million', Math.round(rate).toLocaleString('en'), rate / 1e6);
}

async function comparing({ parseHba, compareAccess }) {
  const before = lines(mixed(10_000));
  const after = before.map((line, index) => (index % 1000 === 500 ? `host db${index} all 10.0.0.0/8 md5` : line));
  const [old, edited] = [before, after].map((file) => parseHba(`${file.join('\n')}\n`, { major: MAJOR }));
  let changes = 0;
  const taken = await quickest(3, () => {
    changes = compareAccess(old, edited).length;
  });
  tell(
    'compareAccess of 10,000 records of which 10 differ, in 2 s',
    `${seconds(taken)}, ${changes} changes`,
    2000 / taken,
  );
}

/** Repeated edits of one line in the middle, as the page's worker answers them. */
async function auditing({ parseHba, audit, HitCache, ReachabilityCache }) {
  for (const [what, expressions] of [
    ['', false],
    [' with regular expressions', true],
  ]) {
    const file = lines(mixed(5000, expressions));
    const { reach } = new ReachabilityCache();
    const cache = new HitCache();
    let edits = 0;
    const taken = await quickest(15, () => {
      file[2500] = `hostssl db${edits++ % 9} u7 10.7.0.0/24 scram-sha-256`;
      audit({ hba: parseHba(`${file.join('\n')}\n`, { major: MAJOR }), major: MAJOR, reach, cache });
    });
    tell(`audit after an edit in 5,000 records${what}, in 50 ms`, seconds(taken), 50 / taken);
  }
}

/** Ten megabytes of a server log: three lines for each connection, every tenth of which fails. */
function serverLog() {
  const entry = (pid, text) => `2026-11-25 00:10:00.123 UTC [${pid}] ${text}\n`;
  const one = (pid) => {
    const received = entry(pid, `LOG:  connection received: host=10.${pid % 7}.${pid % 250}.${pid % 199} port=41022`);
    if (pid % 10 === 0) return received + entry(pid, `FATAL:  password authentication failed for user "u${pid % 90}"`);
    return (
      received +
      entry(
        pid,
        `LOG:  connection authenticated: identity="u${pid % 90}" method=scram-sha-256 (/etc/pg_hba.conf:${pid % 99})`,
      ) +
      entry(pid, `LOG:  connection authorized: user=u${pid % 90} database=db${pid % 9} application_name=app`)
    );
  };
  const parts = [];
  for (let pid = 1, size = 0; size < 10e6; pid++) size += parts[parts.push(one(pid)) - 1].length;
  return parts.join('');
}

async function logging({ LogObserver, diagnose }) {
  const log = serverLog();
  const read = await quickest(3, () => {
    const observer = new LogObserver();
    for (let at = 0; at < log.length; at += 65_536) observer.push(log.slice(at, at + 65_536));
    observer.end();
  });
  tell('usage from a log of 10 MB, in 3 s', seconds(read), 3000 / read);
  const found = await quickest(5, () => diagnose(log));
  tell('diagnosis of a log of 10 MB, of which the end is read, in 200 ms', seconds(found), 200 / found);
}

async function mapping({ parseHba, accessMap, importFiles }) {
  const text = mixed(5000);
  const hba = parseHba(text, { major: MAJOR });
  const mapped = await quickest(3, () => accessMap(hba, { rows: 'databases', family: 4 }));
  tell('map of 5,000 records, in 2 s', seconds(mapped), 2000 / mapped);
  const small = mixed(500);
  const imported = await quickest(3, () => importFiles({ hba: small, conf: '', major: MAJOR }));
  tell('import of 500 records, in 2 s', seconds(imported), 2000 / imported);
}

await main(async () => {
  const inside = process.argv[2] === 'inside';
  const { prefix, env, missing } = inside ? {} : await privateNamespace();
  const installed = existsSync(join(serverPackage, `node_modules/postgres-${MAJOR}-linux-x64`));
  if (prefix && installed) {
    const { code } = await child(prefix[0], [...prefix.slice(1), process.execPath, import.meta.filename, 'inside'], {
      cwd: repository,
      env,
      show: true,
    });
    return code;
  }
  const core = await bundled('app/core/index.ts');
  console.log('times better than wanted; 1 and above hold\n');
  if (inside) await parsing(core);
  else
    console.log(`  not measured against PostgreSQL: ${missing ?? `npm ci in e2e/server brings PostgreSQL ${MAJOR}`}`);
  await reaching(core);
  await deciding(core);
  await comparing(core);
  await auditing(core);
  await logging(core);
  await mapping(core);
  return 0;
});
