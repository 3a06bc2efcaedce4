import { WAYS } from '../../../../../core/index.ts';
import { blankClient } from '../../../../shared/draft/blank.ts';
import type { DraftClient } from '../../../../shared/draft/draft.ts';
import { useDraft } from '../../../../shared/draft/store.ts';
import { Entries, freshName } from '../../../../shared/fields/Entries.tsx';
import { t } from '../../../../shared/messages/translate.ts';
import { ClientForm } from './ClientForm.tsx';

export default function ClientsStep() {
  const pattern = useDraft((state) => state.draft.network.pattern);
  const [way = 'public'] = WAYS[pattern];
  return (
    <Entries<DraftClient>
      path="clients"
      question="clients"
      add="clients.add"
      empty="clients.empty"
      make={(names) => blankClient(way, freshName('app', names))}
      summary={inWords}
      form={(path, client) => <ClientForm path={path} client={client} />}
    />
  );
}

/** A client as one short line of text. */
export function inWords(client: DraftClient): string {
  const names = (all: readonly string[]) => (all.length > 2 ? `${all.slice(0, 2).join(', ')}, …` : all.join(', '));
  const nothing = client.roles.length === 0 && client.databases.length === 0;
  if (nothing) return t('clients.unanswered');
  return t('clients.summary', {
    roles: names(client.roles),
    databases: client.databases === 'all' ? t('client.databases.all') : names(client.databases),
    from: client.via === 'socket' ? t('client.via.socket') : names(client.sources),
  });
}
