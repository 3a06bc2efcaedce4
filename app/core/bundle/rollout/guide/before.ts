import { say } from '../../../messages/message.ts';
import { firewallOn } from '../../../model/host-firewall.ts';
import type { AccessModel, ClientAccess } from '../../../model/model.ts';
import { prefixText } from '../../../net/prefix.ts';
import { validatorLibraries } from '../../../plan/reading.ts';
import { type Markdown, markdown, mdText } from '../../../quote/markdown.ts';
import { bundleName } from '../../bundle-name.ts';
import type { FileOutline } from '../../file.ts';
import { inContainer } from '../apply/host.ts';
import { packagesOf } from '../apply/programs.ts';
import { unitsOf } from '../apply/uses.ts';
import { tokenNeeds } from './oauth.ts';
import type { Place } from './place.ts';
import { paragraph, section } from './step.ts';

/** The file with the manual steps. */
export const MANUAL = 'manual-steps.md';

/** What the plan opens, and to which clients. */
export function opening(model: AccessModel): Markdown[] {
  const { plan, release, clients, listen } = model;
  const values = {
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
    markdown`# ${mdText(plan.title === '' ? say('guide.heading', values).text : plan.title)}`,
    ...(release.unsupported ? paragraph(say('guide.unsupported', values).text) : []),
    ...section(say('guide.opens').text, [
      markdown``,
      ...(clients.length === 0
        ? [mdText(say('guide.opensNothing').text)]
        : clients.map((access) => markdown`- ${mdText(oneClient(access))}`)),
      ...paragraph(say(plan.server.rules === 'merge' ? 'guide.existingRules' : 'guide.everythingElse').text),
      ...sshSources(model),
      ...(families.length === 0
        ? []
        : paragraph(
            say(families.length === 1 ? 'guide.oneFamily' : 'guide.families', {
              families: families.sort().join(' and '),
            }).text,
          )),
    ]),
    ...(plan.notes === '' ? [] : section(say('guide.yourNotes').text, paragraph(plan.notes))),
  ];
}

/** The sources for which the firewall leaves SSH to the server open. */
function sshSources({ plan, flows }: AccessModel): Markdown[] {
  if (firewallOn(plan, 'server') === 'none') return [];
  const from = flows.filter(({ service, to }) => service === 'ssh' && to === 'server').flatMap((flow) => flow.from);
  return from.length === 0
    ? []
    : paragraph(say('guide.ssh', { sources: [...new Set(from.map(prefixText))].join(', ') }).text);
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

/** Prerequisites and warnings before the first step. */
export function before(model: AccessModel, drafts: readonly FileOutline[], places: readonly Place[]): Markdown[] {
  const folder = bundleName(model.plan);
  const scripted = places.some(({ host }) => host);
  const { confirmSeconds: seconds } = model.plan.rollout;
  const texts = [
    say('guide.unpack', { folder }).text,
    ...(inContainer(model) ? [say('guide.composeFolder').text] : []),
    say('guide.keepSession').text,
    ...(scripted ? [say('guide.rollsBack', { seconds, manual: MANUAL }).text] : []),
    ...tokenNeeds(model),
    ...new Set(drafts.flatMap(({ guide }) => guide?.before?.text ?? [])),
  ];
  const rows = places.map((place) => {
    const cells = [place.title, packages(model, place), interruption(place)];
    return markdown`| ${mdText(cells[0] ?? '')} | ${mdText(cells[1] ?? '')} | ${mdText(cells[2] ?? '')} |`;
  });
  return section(say('guide.before').text, [
    markdown``,
    ...texts.map((text) => markdown`- ${mdText(text)}`),
    markdown``,
    markdown`| ${mdText(say('guide.column.machine').text)} | ${mdText(say('guide.column.packages').text)} | ${mdText(say('guide.column.interruption').text)} |`,
    markdown`| --- | --- | --- |`,
    ...rows,
  ]);
}

/** What must be installed: by package if the system is known, else by program. */
function packages(model: AccessModel, { machine, host, files }: Place): string {
  const scripts = files.some(({ language }) => language === 'sh');
  if (machine === 'clients') {
    const tokens = model.clients.some(({ client }) => client.auth.method === 'oauth');
    return say(tokens ? 'guide.oauthClientPackages' : 'guide.clientPackages').text;
  }
  if (machine === 'your-machine') return say(scripts ? 'guide.yourPackages' : 'guide.noPackages').text;
  const family = model.platform.platform === 'rhel' ? 'rhel' : 'debian';
  const needed = [
    ...packagesOf(host?.plain ?? files, family),
    ...files.flatMap(({ guide }) => guide?.packages ?? []),
    ...(machine === 'database-server' ? validatorLibraries(model.plan) : []),
  ];
  return needed.length === 0 ? say('guide.noPackages').text : needed.join(', ');
}

function interruption({ machine, host, files }: Place): string {
  const interruptions = files.flatMap(({ guide }) => guide?.interrupts ?? []);
  const [first, others] = [true, false].map((alone) =>
    interruptions.flatMap((one) => ((one.alone ?? false) === alone ? [one.what.text] : [])),
  );
  const units = host ? unitsOf(host) : [];
  const restarted = units.length === 0 ? [] : [say('guide.restartsUnits', { units: units.join(', ') }).text];
  const server = machine === 'database-server' ? [say('guide.restarts').text] : first;
  return [...(server?.length ? server : restarted), ...(others ?? [])].join('; ') || say('guide.noInterruption').text;
}
