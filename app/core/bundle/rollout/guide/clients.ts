import { say } from '../../../messages/message.ts';
import type { AccessModel } from '../../../model/model.ts';
import { sh, shWord } from '../../../quote/sh.ts';
import type { FileOutline } from '../../file.ts';
import { FIND_MINUTES, JAIL } from '../../monitoring/jail.ts';
import { rootCertificate } from '../../tls/paths.ts';
import { PLACEHOLDERS } from '../connection.ts';
import { mostFailures } from '../verify.ts';
import { hostClientSteps } from './host-names.ts';
import type { Step } from './step.ts';

/** The steps of the users and services that connect. */
export function clientSteps(model: AccessModel, files: readonly FileOutline[]): Step[] {
  const root = rootCertificate(model);
  const verify = files.find(({ phase }) => phase === 'test');
  const certificates = model.roles.some(({ certificate }) => certificate);
  const trust = files.find(({ phase }) => phase === 'trust');
  // A forward must be open before anything connects.
  const ways = files.filter(({ phase }) => phase === 'way');
  const others = files.filter(({ phase }) => phase === undefined);
  return [
    root === 'system'
      ? { title: say('guide.trustTitle').text, text: [say('guide.systemRoot').text] }
      : {
          title: say('guide.trustTitle').text,
          text: [say('guide.rootFile', { target: root.file }).text],
          ...(trust && { commands: [sh`bash ${shWord(trust.path)}`] }),
        },
    ...(certificates ? [{ title: say('guide.keysTitle').text, text: [say('guide.clientCertificates').text] }] : []),
    ...(ways.length === 0 ? [] : [{ title: say('guide.wayTitle').text, text: ways.map(reference) }]),
    ...clientIdStep(model, [...(verify ? [verify] : []), ...others]),
    ...(verify
      ? [
          ...model.clients.map(({ slug, client }) => ({
            title: say('guide.verifyTitle', { client: client.name }).text,
            text: [say('guide.verify').text],
            commands: [sh`bash ${shWord(verify.path)} ${shWord(slug)}`],
            after: [say('guide.verifyExpected').text],
          })),
          ...bans(model),
        ]
      : []),
    ...hostClientSteps(model),
    ...(others.length === 0 ? [] : [{ title: say('guide.connectTitle').text, text: others.map(reference) }]),
  ];
}

/** Until then the files have a placeholder that no provider knows. */
function clientIdStep({ plan: { clients } }: AccessModel, files: readonly FileOutline[]): Step[] {
  const without = clients.filter(({ auth }) => auth.method === 'oauth' && auth.clientId === null);
  if (without.length === 0) return [];
  const values = {
    clients: without.map(({ name }) => name).join(', '),
    clientId: PLACEHOLDERS.clientId,
    files: files.map(({ path }) => path).join(', '),
  };
  return [{ title: say('guide.oauthClientIdTitle').text, text: [say('guide.oauthClientId', values).text] }];
}

const reference = ({ title, target, path }: FileOutline): string =>
  target === undefined
    ? say('guide.read', { title: title.text, path }).text
    : say('guide.installAs', { title: title.text, path, target }).text;

/** How the machine that runs the tests avoids a ban by the server's jail, and how to remove one. */
function bans(model: AccessModel): Step[] {
  const failures = mostFailures(model);
  if (failures === 0) return [];
  const { maxRetry } = model.plan.monitoring;
  return [
    {
      title: say('guide.bansTitle').text,
      text: [say('guide.bans', { failures, maxRetry, minutes: FIND_MINUTES }).text],
      commands: ['addignoreip', 'delignoreip', 'unbanip'].map(
        (action) => sh`sudo fail2ban-client set ${shWord(JAIL)} ${shWord(action)} ADDRESS`,
      ),
    },
  ];
}
