import type { AccessModel, ClientAccess } from '../../access/model.ts';
import { type MessageId, say } from '../../messages/message.ts';
import { prefixText } from '../../net/prefix.ts';
import { type Markdown, markdown, mdFence, mdText } from '../../quote/markdown.ts';
import { powershell, psWord } from '../../quote/powershell.ts';
import { type Sh, sh, shWord } from '../../quote/sh.ts';
import { sql, sqlIdentifier } from '../../quote/sql.ts';
import type { FileDraft, Machine } from '../file.ts';
import { collecting } from '../tls/certificates.ts';
import { CHECK_SERVICE } from '../tls/check.ts';
import { clientCertificates, rootCertificate, serverTlsPaths } from '../tls/paths.ts';
import { type Placing, placing } from './commands.ts';

/**
 * Bad rows of the server's own view of its files. `type` is null on each refused record, even where `error` is null; and
 * `error` alone would name every hostssl record while TLS is still off, which is a live record.
 */
const CHECK_RECORDS = 'SELECT line_number, error FROM pg_hba_file_rules WHERE type IS NULL';
const CHECK_SETTINGS =
  "SELECT sourcefile, sourceline, name, error FROM pg_file_settings WHERE error IS NOT NULL AND error <> 'setting could not be applied'";

/** `README.md` of the bundle: the files of the others, machine by machine in the order of doing, and the way back. */
export function guide(
  model: AccessModel,
  drafts: readonly FileDraft[],
  machines: readonly Machine[],
): FileDraft<'markdown'> {
  const parts = machines.flatMap((machine) => {
    const files = drafts.filter((draft) => draft.machine === machine);
    return files.length === 0
      ? []
      : section(say(`guide.machine.${machine}` satisfies MessageId).text, steps(model, machine, files));
  });
  return {
    path: 'README.md',
    machine: 'your-machine',
    title: say('file.guide'),
    language: 'markdown',
    blocks: [{ lines: [...opening(model), ...parts, ...later(model, drafts), ...undo(model, drafts, machines)] }],
  };
}

const section = (title: string, lines: readonly Markdown[]): Markdown[] => [
  markdown``,
  markdown`## ${mdText(title)}`,
  ...lines,
];
const paragraph = (text: string): Markdown[] => [markdown``, mdText(text)];
const commands = (language: string, lines: readonly string[]): Markdown[] => [markdown``, ...mdFence(language, lines)];

function opening(model: AccessModel): Markdown[] {
  const { plan, release, clients, listen } = model;
  const values = {
    asked: release.asked,
    major: release.major,
    date: release.endOfLife,
    host: plan.server.name ?? listen.at(-1)?.address ?? 'this server',
  };
  const families = [
    ...new Set(
      model.flows
        .filter(({ service }) => service === 'postgresql')
        .flatMap(({ addresses }) => addresses.map(({ family }) => `IPv${family}`)),
    ),
  ];
  return [
    markdown`# ${mdText(plan.title === '' ? say('guide.heading', { ...values, major: release.asked }).text : plan.title)}`,
    ...(release.tried ? [] : paragraph(say('guide.notTried', values).text)),
    ...(release.unsupported ? paragraph(say('guide.unsupported', { ...values, major: release.asked }).text) : []),
    ...section(say('guide.opens').text, [
      markdown``,
      ...(clients.length === 0
        ? [mdText(say('guide.opensNothing').text)]
        : clients.map((access) => markdown`- ${mdText(oneClient(access))}`)),
      ...paragraph(say('guide.everythingElse').text),
      ...(families.length === 0
        ? []
        : paragraph(
            say(families.length === 1 ? 'guide.oneFamily' : 'guide.families', {
              families: families.sort().join(' and '),
            }).text,
          )),
    ]),
    ...(plan.notes === '' ? [] : section(say('guide.yourNotes').text, paragraph(plan.notes))),
    ...section(say('guide.before').text, [
      ...paragraph(say('guide.keepSession').text),
      ...paragraph(say('guide.readFirst').text),
    ]),
  ];
}

function oneClient({ client, sources }: ClientAccess): string {
  const values = {
    client: client.name,
    roles: client.roles.join(', '),
    databases:
      client.replication === 'physical'
        ? 'replication'
        : client.databases === 'all'
          ? say('databases.all').text
          : client.databases.join(', '),
    sources: sources.map(prefixText).join(', '),
  };
  return say(client.via === 'socket' ? 'guide.clientSocket' : 'guide.client', values).text;
}

function steps(model: AccessModel, machine: Machine, files: readonly FileDraft[]): Markdown[] {
  switch (machine) {
    case 'database-server':
      return serverSteps(model, files);
    case 'clients':
      return clientSteps(model, files);
    default:
      return [...shortWays(files), ...files.flatMap((file) => hostStep(machine, file))];
  }
}

/** A file of a machine other than the database server: a script is run, a file with a place is put there. */
function hostStep(machine: Machine, file: FileDraft): Markdown[] {
  const title = file.title.text;
  if (isUndo(file) || isRollout(file)) return [];
  // What stands beside a script that puts it in place.
  if (
    machine === 'replicas' &&
    file.language !== 'sh' &&
    !file.path.includes('/firewall/') &&
    file.path.split('/').length > 2
  )
    return paragraph(title);
  if (file.run) return file.run.length === 0 ? [] : [...paragraph(title), ...commands('sh', file.run)];
  if (file.target === undefined) {
    const run = runs(machine, file);
    return run.length === 0
      ? paragraph(say('guide.read', { title, path: file.path }).text)
      : [...paragraph(title), ...run];
  }
  const install = sh`sudo install -D -m ${shWord((file.mode ?? 0o644).toString(8).padStart(4, '0'))} ${shWord(file.path)} ${shWord(file.target)}`;
  return [...paragraph(title), ...commands('sh', [install, ...afterwards(file.target)])];
}

/** How a script is run; nothing for other files. On your own machine it needs no root; it uses what you are logged in to. */
function runs(machine: Machine, { path, language }: FileDraft): Markdown[] {
  if (language === 'powershell')
    return commands(language, [
      powershell`powershell -ExecutionPolicy Bypass -File ${psWord(path.replaceAll('/', '\\'))}`,
    ]);
  if (language !== 'sh') return [];
  return commands('sh', [machine === 'your-machine' ? sh`bash ${shWord(path)}` : sh`sudo bash ${shWord(path)}`]);
}

/** What the program that reads the file is told, once it is in place. */
function afterwards(target: string): Sh[] {
  if (target.startsWith('/usr/local/sbin/')) return [sh`sudo ${shWord(target)}`];
  if (target.startsWith('/etc/fail2ban/jail.d/'))
    return [sh`sudo fail2ban-client -t`, sh`sudo systemctl restart fail2ban`];
  if (target.startsWith('/etc/sysctl.d/')) return [sh`sudo sysctl --system`];
  if (isSwanctl(target)) return [sh`sudo systemctl enable --now strongswan`, sh`sudo swanctl --load-all --noprompt`];
  const unit = unitOf(target);
  if (unit !== undefined && isTunnel(target)) return [sh`sudo systemctl enable --now ${unit}`];
  if (unit !== undefined) return [sh`sudo systemctl daemon-reload`, sh`sudo systemctl enable --now ${unit}`];
  return target.startsWith('/etc/systemd/') ? [sh`sudo systemctl daemon-reload`] : [];
}

/** What takes a file away again that is not PostgreSQL's own. */
function removal(target: string): Sh[] {
  const unit = unitOf(target);
  const stop = unit === undefined ? [] : [sh`sudo systemctl disable --now ${unit}`];
  const after = target.startsWith('/etc/systemd/')
    ? [sh`sudo systemctl daemon-reload`]
    : isSwanctl(target)
      ? [sh`sudo swanctl --load-all --noprompt`]
      : [];
  return [...stop, sh`sudo rm -f ${shWord(target)}`, ...after];
}

const isTimer = (target: string) => target.endsWith('.timer');
const isTunnel = (target: string) => target.startsWith('/etc/wireguard/');

const isSwanctl = (target: string) => target.endsWith('/swanctl/conf.d/postern.conf');

/** The systemd unit that a file is, or that reads it. */
function unitOf(target: string): Sh | undefined {
  const name = target.slice(target.lastIndexOf('/') + 1);
  if (isTunnel(target) && name.endsWith('.conf')) return sh`wg-quick@${shWord(name.replace(/\.conf$/, ''))}`;
  // What a timer starts is not switched on by itself.
  if (target === CHECK_SERVICE) return undefined;
  return name.endsWith('.service') || isTimer(target) ? shWord(name) : undefined;
}

/** An undo script is run by hand; one with a place is run by the program that reads it there. */
const isUndo = (file: FileDraft) => /-undo\.(sh|ps1)$/.test(file.path) && file.target === undefined;
const isOwnTarget = (model: AccessModel, file: FileDraft) =>
  file.target?.startsWith(model.platform.configDirectory) ?? false;

/** What puts the other files in place: a way beside the written steps. */
const isRollout = (file: FileDraft) => /\/(apply|rollback)\.sh$/.test(file.path);

/** What is run once the server has its files. */
const SQL_AFTERWARDS = ['roles.sql', 'replication.sql', 'queries.sql', 'pgbouncer.sql'];

/** Each machine of the heading has its own; where there is none, the README says why. */
const shortWays = (files: readonly FileDraft[]): Markdown[] =>
  files
    .filter(({ path }) => path.endsWith('/apply.sh'))
    .flatMap(({ path }) => paragraph(say('guide.shortWay', { path }).text));

function serverSteps(model: AccessModel, files: readonly FileDraft[]): Markdown[] {
  const place = placing(model.platform, model.plan.server.superuser);
  const later = (file: FileDraft) => SQL_AFTERWARDS.some((name) => file.path.endsWith(`/${name}`));
  const targets = files.flatMap((file) => (file.target !== undefined && isOwnTarget(model, file) ? [file.target] : []));
  return [
    ...shortWays(files),
    ...(files.some(isRollout) ? [] : paragraph(say('guide.noShortWay').text)),
    ...paragraph(say('guide.backup').text),
    ...commands(place.language, targets.flatMap(place.keep)),
    ...files.filter((file) => !later(file) && !isRollout(file)).flatMap((file) => serverStep(model, place, file)),
    ...paragraph(say('guide.check').text),
    ...commands(place.language, [place.psql(CHECK_SETTINGS), place.psql(CHECK_RECORDS)]),
    ...paragraph(say('guide.restart').text),
    ...commands(place.language, [model.platform.restart]),
    ...paragraph(say('guide.reload').text),
    ...commands(place.language, [model.platform.reload]),
    ...files.filter(later).flatMap((file) => serverStep(model, place, file)),
  ];
}

function serverStep(model: AccessModel, place: Placing, file: FileDraft): Markdown[] {
  const title = file.title.text;
  if (isUndo(file)) return [];
  if (file.path.endsWith('/alter-system.sql')) return paragraph(say('guide.alternative', { title }).text);
  if (file.path.endsWith('/roles.sql'))
    return [...paragraph(title), ...commands(place.language, [place.runSql(file.path)]), ...passwords(model, place)];
  if (SQL_AFTERWARDS.some((name) => file.path.endsWith(`/${name}`)))
    return [...paragraph(title), ...commands(place.language, [place.runSql(file.path)])];
  if (file.path.endsWith('.append'))
    return [...paragraph(say('guide.append', { title }).text), ...commands(place.language, place.append(file))];
  if (file.language === 'yaml') {
    return [
      ...paragraph(say('guide.compose', { title }).text),
      ...commands('sh', [sh`docker compose -f compose.yaml -f ${shWord(file.path)} up -d`]),
    ];
  }
  if (file.target !== undefined && isOwnTarget(model, file))
    return [...paragraph(title), ...commands(place.language, place.install(file, file.target))];
  return hostStep('database-server', file);
}

function passwords({ roles }: AccessModel, place: Placing): Markdown[] {
  const asked = roles.filter(({ password }) => password);
  if (asked.length === 0) return [];
  return [
    ...paragraph(say('guide.passwords').text),
    ...commands(
      place.language,
      asked.map(({ name }) => place.prompt(sql`\password ${sqlIdentifier(name)}`)),
    ),
  ];
}

function clientSteps(model: AccessModel, files: readonly FileDraft[]): Markdown[] {
  const root = rootCertificate(model);
  const verify = files.find(({ path }) => path.endsWith('/verify.sh'));
  const certificates = model.roles.some(({ certificate }) => certificate);
  return [
    ...paragraph(root === 'system' ? say('guide.systemRoot').text : say('guide.rootFile', { target: root.file }).text),
    ...(certificates ? paragraph(say('guide.clientCertificates').text) : []),
    ...files
      .filter((file) => file !== verify)
      .flatMap((file) =>
        paragraph(
          file.target === undefined
            ? say('guide.read', { title: file.title.text, path: file.path }).text
            : say('guide.takeAlong', { title: file.title.text, target: file.target }).text,
        ),
      ),
    ...(verify
      ? [
          ...paragraph(say('guide.verify').text),
          ...commands(
            'sh',
            model.clients.map(({ slug }) => sh`bash ${shWord(verify.path)} ${shWord(slug)}`),
          ),
        ]
      : []),
  ];
}

/** What comes after the first day, where certificates are made here: renewing, and taking back. */
function later(model: AccessModel, drafts: readonly FileDraft[]): Markdown[] {
  const make = drafts.find(({ path }) => path === 'your-machine/make-certificates.sh');
  if (!make) return [];
  const script = sh`bash ${shWord(make.path)}`;
  const install = drafts.find(({ path }) => path === 'database-server/install-certificates.sh');
  const bring: Sh[] = [...collecting(model), ...(install?.run ?? [])];
  const clients = clientCertificates(model);
  return section(say('guide.later').text, [
    ...paragraph(say('guide.renew').text),
    ...commands('sh', [script, ...bring]),
    ...commands(placing(model.platform, model.plan.server.superuser).language, [model.platform.reload]),
    ...paragraph(say('guide.renewed').text),
    ...(serverTlsPaths(model).crl === null || clients[0] === undefined
      ? []
      : [...paragraph(say('guide.revoke').text), ...commands('sh', [sh`${script} revoke ${shWord(clients[0].slug)}`])]),
    ...paragraph(say('guide.rotate').text),
  ]);
}

/** The way back, in the opposite order: PostgreSQL stops listening before its firewall goes, scripts go after their units. */
function undo(model: AccessModel, drafts: readonly FileDraft[], machines: readonly Machine[]): Markdown[] {
  const place = placing(model.platform, model.plan.server.superuser);
  const backwards = drafts.toReversed();
  // What a script puts in place, a script takes away.
  const placed = (file: FileDraft) => (file.target === undefined || file.run ? [] : [file.target]);
  const own = backwards.filter((file) => file.machine === 'database-server' && isOwnTarget(model, file));
  const others = backwards.filter((file) => !isOwnTarget(model, file) && file.machine !== 'clients');
  return section(say('guide.undo').text, [
    ...paragraph(say('guide.undoFiles').text),
    ...commands(place.language, [...own.flatMap(placed).flatMap(place.takeBack), model.platform.restart]),
    ...(model.platform.includesConfD ? [] : paragraph(say('guide.undoAppend').text)),
    ...backwards.filter(isUndo).flatMap((file) => [...paragraph(file.title.text), ...runs(file.machine, file)]),
    ...machines.toReversed().flatMap((machine) => {
      const targets = [...new Set(others.filter((file) => file.machine === machine).flatMap(placed))];
      const heading = paragraph(say(`guide.machine.${machine}` satisfies MessageId).text);
      return targets.length === 0 ? [] : [...heading, ...commands('sh', targets.flatMap(removal))];
    }),
    ...paragraph(say('guide.undoRoles').text),
  ]);
}
