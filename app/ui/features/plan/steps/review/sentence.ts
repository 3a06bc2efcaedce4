import { prefixText } from '../../../../../core/index.ts';
import type { Scene } from '../../../../../worker/core.worker.ts';
import { t } from '../../../../shared/messages/translate.ts';

type Access = Scene['clients'][number];

const SHOWN = 4;

const listed = (texts: readonly string[]): string =>
  texts.length > SHOWN
    ? t('list.more', { first: texts.slice(0, SHOWN).join(', '), count: texts.length - SHOWN })
    : texts.join(', ');

function authText(auth: Access['client']['auth']): string {
  if (auth.method !== 'oauth') return t(`sentence.auth.${auth.method}`);
  const { mapping, validator } = auth;
  return t(`sentence.auth.oauth.${mapping.kind}`, {
    users: mapping.kind === 'map' ? listed(mapping.identities) : '',
    validator,
  });
}

/** "Clients in 10.8.0.0/16 will reach orders as app with a password over TLS." */
export function clientSentence({ client, sources, seenAs }: Access): string {
  const databases = client.databases === 'all' ? t('client.databases.all') : listed(client.databases);
  const target = client.replication === 'physical' ? t('sentence.replication') : databases;
  const how = authText(client.auth);
  if (client.via === 'socket')
    return t('sentence.socket', { name: client.name, target, roles: listed(client.roles), how });
  return t(client.via === 'bastion' ? 'sentence.bastion' : 'sentence.remote', {
    name: client.name,
    sources: listed(sources.map(prefixText)),
    target,
    roles: listed(client.roles),
    how,
    over: t(client.tls === 'require' ? 'sentence.tls' : 'sentence.maybeClear'),
    seenAs: listed(seenAs.map(prefixText)),
  });
}
