#!/usr/bin/env node
// A fake Docker for systems without an engine: one service named db, its container a separate mount table and network
// around the real programs of PostgreSQL. It honors mounts and published ports of the compose files, keeps a container
// until its configuration differs, and rejects every call and key that it does not know.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const state = process.env.POSTERN_DOCKER_STATE ?? '/run/postern/docker';
const { binaries, yaml, account } = JSON.parse(readFileSync(`${state}/engine.json`, 'utf8'));
const record = `${state}/container.json`;
const path = `${binaries}/bin:/usr/sbin:/usr/bin:/sbin:/bin`;
const GATEWAY = '172.29.0.1';
const INSIDE = '172.29.0.2';
/** What a forwarding process prints once its port is open. */
const PUBLISHED = 'published';

const refuse = (what) => {
  console.error(`docker: ${what}`);
  process.exit(64);
};
const read = () => (existsSync(record) ? JSON.parse(readFileSync(record, 'utf8')) : undefined);
const write = (container) => writeFileSync(record, JSON.stringify(container));
const alive = (pid) => {
  try {
    return pid > 0 && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

const args = process.argv.slice(2);
const [command] = args;
if (command === 'forward') forward(args.slice(1));
else if (command === 'ps') ps(args.slice(1));
else if (command === 'inspect') inspect(args.slice(1));
else if (command === 'exec') exec(args.slice(1));
else if (command === 'run') runImage(args.slice(1));
else if (command === 'compose') await compose(args.slice(1));
else if (command === 'reboot') await reboot();
else if (command === 'down') await stop('SIGQUIT');
else refuse(`no such command: ${command}`);

function ps(words) {
  const container = read();
  if (words.shift() !== '-q') refuse('ps without -q');
  while (words.length > 0) {
    const [flag, filter] = words.splice(0, 2);
    const [, name, value] = /^label=([\w.]+)=(.*)$/.exec(filter ?? '') ?? [];
    if (flag !== '--filter' || !name) refuse(`ps ${flag} ${filter}`);
    if (container?.labels[name] !== value) return;
  }
  if (container && alive(container.pid)) console.log(container.id);
}

function inspect([flag, format, id]) {
  const container = read();
  if (flag !== '-f' || !container || id !== container.id) refuse(`no such container: ${id}`);
  const label = /^\{\{index \.Config\.Labels "([\w.]+)"\}\}$/.exec(format)?.[1];
  if (label) console.log(container.labels[label] ?? '');
  else if (format === '{{.Config.Image}}') console.log(container.service.image);
  else if (format === '{{range .Mounts}}{{println .Destination .Source}}{{end}}')
    console.log(container.service.mounts.map(({ source, target }) => `${target} ${source}`).join('\n'));
  else if (format === '{{if .State.Health}}{{.State.Health.Status}}{{else}}none{{end}}') console.log('none');
  else refuse(`inspect -f ${format}`);
}

function exec(words) {
  const env = {};
  let user = 'root';
  // Without -i the program's standard input is closed.
  let input = 'ignore';
  for (; words[0]?.startsWith('-'); ) {
    if (words[0] === '-i') {
      words.shift();
      input = 'inherit';
      continue;
    }
    const [flag, value] = words.splice(0, 2);
    if (flag === '-u') user = value;
    else if (flag === '-e') env[value.split('=')[0]] = value.slice(value.indexOf('=') + 1);
    else refuse(`exec ${flag}`);
  }
  const [id, ...program] = words;
  const container = read();
  if (container?.id !== id || !alive(container.pid)) refuse(`container ${id} is not running`);
  const ids = ['--reuid', user, '--regid', user, '--clear-groups', '--'];
  const { status } = spawnSync(
    'nsenter',
    ['-t', String(container.pid), '-m', '-n', '--', 'setpriv', ...ids, ...program],
    {
      env: { PATH: path, ...env },
      stdio: [input, 'inherit', 'inherit'],
    },
  );
  process.exit(status ?? 1);
}

function runImage(words) {
  const [remove, flag, program, , ...rest] = words;
  if (remove !== '--rm' || flag !== '--entrypoint' || program !== 'id') refuse(`run ${words.join(' ')}`);
  process.stdout.write(execFileSync(program, rest));
}

async function compose(words) {
  const files = [];
  let project;
  let folder;
  for (; words[0]?.startsWith('-'); ) {
    const [flag, value] = words.splice(0, 2);
    if (flag === '-p') project = value;
    else if (flag === '--project-directory') folder = value;
    else if (flag === '-f') files.push(value);
    else refuse(`compose ${flag}`);
  }
  const [verb, ...rest] = words;
  const service = await merged(project, files);
  const labels = Object.fromEntries(
    Object.entries({
      project,
      service: 'db',
      oneoff: 'False',
      'project.working_dir': folder,
      'project.config_files': files.join(','),
    }).map(([name, value]) => [`com.docker.compose.${name}`, value]),
  );
  const said = rest.join(' ');
  if (verb === 'config' && said === '-q') return;
  if (verb === 'up' && said === '-d --no-deps db') return up(service, labels, false);
  if (verb === 'up' && said === '-d --no-deps --force-recreate db') return up(service, labels, true);
  if (verb === 'restart' && said === 'db') {
    await stop('SIGINT');
    return start(read());
  }
  const run = /^--rm --no-deps -T --user root --entrypoint bash((?: -v \S+:\S+:ro,z)+) db -s$/.exec(said);
  if (verb !== 'run' || !run) refuse(`compose ${verb} ${said}`);
  const added = [...run[1].matchAll(/ -v (\S+):(\S+):ro,z/g)].map(([, source, target]) => ({
    source,
    target,
    readOnly: true,
  }));
  const mounts = [...service.mounts, ...added];
  const apart = ['--mount', '--net', '--pid', '--fork', '--kill-child', '--', 'bash', '-euc'];
  const { status } = spawnSync('unshare', [...apart, `${mounting(mounts)}\nexec bash -s`], {
    env: { PATH: path },
    stdio: 'inherit',
  });
  process.exit(status ?? 1);
}

async function merged(project, files) {
  const { parseDocument } = await import(yaml);
  const service = { image: '', ports: [], mounts: [] };
  for (const file of files) {
    const document = parseDocument(readFileSync(file, 'utf8'));
    if (document.errors.length > 0) refuse(`${file}: ${document.errors[0].message}`);
    const all = document.toJS();
    for (const key of Object.keys(all))
      if (!['services', 'volumes'].includes(key)) refuse(`${file}: additional property ${key}`);
    for (const [key, value] of Object.entries(all.services.db)) {
      if (key === 'image') service.image = value;
      else if (key === 'ports') {
        const replaces = document.getIn(['services', 'db', 'ports'], true).tag === '!override';
        service.ports = [...(replaces ? [] : service.ports), ...value.map(port)];
      } else if (key === 'volumes') service.mounts.push(...value.map((text) => volume(project, text)));
      else if (key === 'network_mode' && value === 'none') continue;
      // `!reset` is a tag of Compose, so the value after it remains text.
      else if (key === 'networks' && `${value}` === 'null') continue;
      else refuse(`${file}: services.db: additional property ${key}`);
    }
  }
  return service;
}

function port(text) {
  const [, address, , outside, inside] = /^(\[([\da-f:]+)\]|[\d.]+):(\d+):(\d+)$/.exec(text) ?? [];
  if (!address) refuse(`invalid port: ${text}`);
  return { address: address.replace(/[[\]]/g, ''), outside: Number(outside), inside: Number(inside) };
}

function volume(project, text) {
  const [source, target, mode] = text.split(':');
  return {
    source: source.startsWith('/') ? source : `/var/lib/docker/volumes/${project}_${source}/_data`,
    target,
    readOnly: mode === 'ro',
  };
}

async function up(service, labels, anew) {
  const before = read();
  if (!anew && before && alive(before.pid) && JSON.stringify(before.service) === JSON.stringify(service)) return;
  await stop('SIGINT');
  await start({ id: `c${Date.now().toString(16)}`, service, labels });
}

/** The volumes, then a separate socket folder of the container. */
function mounting(mounts) {
  const quoted = (word) => `'${word.replaceAll("'", `'\\''`)}'`;
  return [
    'mount --make-rprivate /',
    ...mounts.flatMap(({ source, target, readOnly }) => [
      `if [ -f ${quoted(source)} ]; then mkdir -p "$(dirname ${quoted(target)})"; touch ${quoted(target)}; else mkdir -p ${quoted(source)} ${quoted(target)}; fi`,
      `mount --bind ${quoted(source)} ${quoted(target)}`,
      ...(readOnly ? [`mount -o remount,bind,ro ${quoted(target)}`] : []),
    ]),
    'mkdir -p /run/postgresql',
    'mount -t tmpfs -o mode=3777 postern /run/postgresql',
    'ip link set lo up',
  ].join('\n');
}

async function start(container) {
  // The engine registers a container before it runs, and starts it again at the next boot.
  write({ ...container, pid: 0, forwards: [] });
  const log = openSync(`${state}/log`, 'a');
  // Without the mount of its certificates there are none: /etc/postern of the machine is not the container's.
  const hidden = container.service.mounts.some(({ target }) => target === '/etc/postern')
    ? ''
    : 'mkdir -p /etc/postern; mount -t tmpfs postern /etc/postern';
  const script = [
    mounting(container.service.mounts),
    hidden,
    'until ip link show eth0 >/dev/null 2>&1; do sleep 0.02; done',
    `ip address add ${INSIDE}/24 dev eth0; ip link set eth0 up; ip route add default via ${GATEWAY}`,
    `exec setpriv --reuid ${account} --regid ${account} --clear-groups -- postgres -D "$PGDATA" -c fsync=off`,
  ].join('\n');
  const held = spawn('unshare', ['--mount', '--net', '--', 'bash', '-euc', script], {
    env: { PATH: path, PGDATA: JSON.parse(readFileSync(`${state}/engine.json`, 'utf8')).data },
    detached: true,
    stdio: ['ignore', log, log],
  });
  held.unref();
  write({ ...container, pid: held.pid, forwards: [] });
  spawnSync('ip', ['link', 'delete', 'postern-docker'], { stdio: 'ignore' });
  const apart = () =>
    execFileSync('readlink', [`/proc/${held.pid}/ns/net`]).toString() !==
    execFileSync('readlink', ['/proc/self/ns/net']).toString();
  while (!apart()) {
    if (!alive(held.pid)) refuse('the container did not come up');
    await sleep(20);
  }
  execFileSync('ip', [
    'link',
    'add',
    'postern-docker',
    'type',
    'veth',
    'peer',
    'name',
    'eth0',
    'netns',
    String(held.pid),
  ]);
  execFileSync('ip', ['address', 'add', `${GATEWAY}/24`, 'dev', 'postern-docker']);
  execFileSync('ip', ['link', 'set', 'postern-docker', 'up']);
  const said = openSync(`${state}/forward.log`, 'w');
  const forwards = container.service.ports.map(({ address, outside, inside }) => {
    const proxy = spawn(process.execPath, [process.argv[1], 'forward', address, String(outside), String(inside)], {
      detached: true,
      stdio: ['ignore', said, said],
    });
    proxy.unref();
    return proxy.pid;
  });
  write({ ...container, pid: held.pid, forwards });
  const forwarded = () => readFileSync(`${state}/forward.log`, 'utf8');
  while (forwarded().split(`${PUBLISHED}\n`).length <= forwards.length) {
    if (!forwards.every(alive)) {
      held.ref();
      const ended = held.exitCode === null && held.signalCode === null ? once(held, 'exit') : undefined;
      await stop('SIGKILL');
      // Until it is reaped, PostgreSQL takes the process in postmaster.pid for a running one.
      await ended;
      refuse(`cannot publish: ${forwarded()}`);
    }
    await sleep(20);
  }
  process.exit(0);
}

function forward([address, outside, inside]) {
  createServer((client) => {
    const server = connect(Number(inside), INSIDE);
    client.pipe(server).pipe(client);
    client.on('error', () => server.destroy());
    server.on('error', () => client.destroy());
  }).listen(Number(outside), address, () => console.log(PUBLISHED));
}

async function stop(signal) {
  const container = read();
  for (const pid of container?.forwards ?? []) if (alive(pid)) process.kill(pid, 'SIGKILL');
  if (!container || !alive(container.pid)) return;
  process.kill(container.pid, signal);
  for (let tries = 0; alive(container.pid); tries += 1) {
    if (tries === 500) process.kill(container.pid, 'SIGKILL');
    await sleep(20);
  }
}

/** A power cut: the engine starts its container as it was last, regardless of the current compose files. */
async function reboot() {
  await stop('SIGQUIT');
  const container = read();
  if (!container) return;
  rmSync(`${container.service.mounts[0].source}/postmaster.pid`, { force: true });
  mkdirSync(state, { recursive: true });
  await start(container);
}
