import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { defaultPlan, generate, type Plan } from '../../../app/core/index.ts';
import { visitor } from '../harness/accounts.ts';
import { fileAt } from '../harness/bundle.ts';
import { must, run } from '../harness/command.ts';
import { conforms } from '../harness/conformance.ts';
import { inNamespace } from '../harness/namespace.ts';
import { valid } from '../harness/plans.ts';
import { place } from '../harness/writable.ts';

const presets = new URL('../../../public/presets/', import.meta.url);
const starts: readonly (readonly [name: string, plan: unknown])[] = [
  ...(['direct', 'vpn', 'private', 'bastion'] as const).map((pattern) => [pattern, defaultPlan(pattern)] as const),
  ...readdirSync(presets)
    .filter((name) => name !== 'index.json')
    .map((name) => [name, JSON.parse(readFileSync(new URL(name, presets), 'utf8'))] as const),
];

/** The plan on Debian, where fail2ban can be set up, with a jail. */
function jailed(name: string, plan: unknown, maxRetry: number): Plan {
  const { server, firewall, monitoring } = valid(plan, name);
  const kind = firewall.kind === 'windows' ? 'nftables' : firewall.kind;
  return valid(
    {
      ...valid(plan, name),
      server: { ...server, platform: 'debian', dataDirectory: null, configDirectory: null, osUser: null },
      firewall: { ...firewall, kind },
      monitoring: { ...monitoring, log: 'stderr', linePrefix: null, fail2ban: 'file', maxRetry },
    },
    name,
  );
}

/** A client's machine with a clock that only `sleep` advances, and a server that rejects what it should. */
const stage = `${visitor.home}/stage`;
const programs = {
  date: 'cat "$CLOCK"',
  sleep: 'echo $(($(cat "$CLOCK") + $1)) >"$CLOCK"',
  psql: `
    case $* in
      *"host=/nonexistent"*) echo 'could not connect'; exit 2 ;;
      *'SELECT 1') cat "$CLOCK" >>"$FAILURES"; echo "FATAL: $REFUSALS"; exit 2 ;;
      *) echo "tls=true | $ROLES" ;;
    esac`,
};

/** Fail2ban's own counting, with the failures as input; its filters clear the list every ten seconds. */
const judge = `
import json, sys
sys.path.insert(0, '/usr/lib/python3/dist-packages')
from fail2ban.server.failmanager import FailManager, FailManagerEmpty
from fail2ban.server.ticket import FailTicket
def most(retry, seconds):
    manager = FailManager()
    manager.setMaxRetry(retry)
    manager.setMaxTime(600)
    clock, found = 0, 0
    for second in seconds:
        for tick in range((clock or second) + 10, second + 1, 10):
            manager.cleanup(tick)
        clock = second
        found = max(found, manager.addFailure(FailTicket('198.51.100.5', second)))
    return found
print(json.dumps([most(*case) for case in json.load(sys.stdin)]))
`;

describe.skipIf(!inNamespace)('verify.sh with a jail', () => {
  it('never makes as many failed logins as cause a ban, in one run and in two, for every default and preset', async () => {
    for (const [name, text] of Object.entries(programs))
      place(`${stage}/${name}`, `#!/bin/bash\n${text}\n`, 0o755, visitor);
    place(`${stage}/judge.py`, judge, 0o644, visitor);
    const tried: { title: string; maxRetry: number; seconds: number[]; ignored: boolean }[] = [];
    for (const [name, start] of starts)
      for (const maxRetry of name.endsWith('.json') ? [5] : [2, 5]) {
        const plan = jailed(name, start, maxRetry);
        const { files } = generate(plan);
        const jail = fileAt(files, 'database-server/fail2ban/jail.conf').content;
        const never = /^ignoreip = (.*)$/m.exec(jail)?.[1]?.split(' ') ?? [];
        const path = `${stage}/verify.sh`;
        place(path, fileAt(files, 'clients/verify.sh').content, 0o755, visitor);
        // A script without a client's name lists those it knows.
        const { stdout } = await run('bash', [path], { as: visitor });
        for (const [index, client] of stdout.trimEnd().split('\n').slice(1).entries()) {
          rmSync(`${visitor.home}/.local`, { recursive: true, force: true });
          place(`${stage}/clock`, '1800000000\n', 0o644, visitor);
          place(`${stage}/failures`, '', 0o644, visitor);
          const env = {
            PATH: `${stage}:${process.env.PATH}`,
            CLOCK: `${stage}/clock`,
            FAILURES: `${stage}/failures`,
            ROLES: plan.clients.flatMap(({ roles }) => roles).join(' '),
            REFUSALS: [
              'no pg_hba.conf entry for host "',
              'no pg_hba.conf entry for host "[local]"',
              'no pg_hba.conf entry for replication connection from host "[local]"',
              'pg_hba.conf rejects connection for host "[local]"',
              'pg_hba.conf rejects replication connection for host "[local]"',
              'no pg_hba.conf entry for replication connection from host "',
              'pg_hba.conf rejects connection for host "',
              'pg_hba.conf rejects replication connection for host "',
              ...plan.clients.flatMap(({ roles }) =>
                roles.map((role) => `password authentication failed for user "${role}"`),
              ),
              'connection requires a valid client certificate',
            ].join(' '),
          };
          let announced = '';
          for (let runs = 0; runs < 2; runs += 1) {
            const ran = await run('bash', [path, client], { as: visitor, env });
            expect(ran, `${name}, ${client}: ${ran.stdout}${ran.stderr}`).toMatchObject({ code: 0 });
            announced = ran.stderr;
          }
          const failures = readFileSync(`${stage}/failures`, 'utf8');
          // Others are never banned: the socket, the bastion, replicas, and clients that read replicas, whose log is
          // not read.
          const { via, endpoint, sources = [] } = plan.clients[index] ?? {};
          const ignored =
            via === 'socket' ||
            via === 'bastion' ||
            endpoint === 'replica' ||
            sources.every((source) => never.includes(source.replace(/\/(32|128)$/, '')));
          expect(announced.includes('fail2ban on the server bans'), `${name}, ${client}`).toBe(!ignored);
          tried.push({
            title: `${name}, ${client}, ${maxRetry}`,
            maxRetry,
            seconds: failures.split('\n').filter(Boolean).map(Number),
            ignored,
          });
        }
      }
    // Python takes longer to start than to count.
    const input = JSON.stringify(tried.map(({ maxRetry, seconds }) => [maxRetry, seconds]));
    const most = JSON.parse(must('python3', [`${stage}/judge.py`], input)) as number[];
    expect(most).toHaveLength(tried.length);
    expect(Math.max(...most)).toBeGreaterThan(0);
    for (const [at, { title, maxRetry, ignored }] of tried.entries())
      if (!ignored) expect(most[at], title).toBeLessThan(maxRetry);
    conforms({
      target: 'verify.sh before fail2ban',
      files: ['verify.sh'],
      judgedBy: `FailManager of fail2ban ${must('fail2ban-server', ['--version']).trim()}`,
      tried: 'each client twice in a row, with a clock that only the pauses move',
      plans: starts.length,
      cases: tried.length,
    });
  }, 600_000);
});
