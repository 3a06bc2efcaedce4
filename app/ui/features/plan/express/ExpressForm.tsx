import { SlidersHorizontal } from 'lucide-react';
import { useDraft } from '../../../shared/draft/store.ts';
import { TextField } from '../../../shared/fields/TextField.tsx';
import { TokenField } from '../../../shared/fields/TokenField.tsx';
import { t } from '../../../shared/messages/translate.ts';
import { visit } from '../../../shared/navigation/place.ts';
import { headingOf } from '../../../shared/navigation/view.ts';
import { Databases } from '../steps/clients/Databases.tsx';
import { Version } from '../steps/server/Version.tsx';

/** The answers of the most common plan on one screen: a server with a public address, one group of clients, one administrator. */
export default function ExpressForm() {
  const { network, clients, administration } = useDraft(({ draft }) => draft);
  const common = network.pattern === 'direct' && clients.length > 0 && administration.people.length > 0;
  return (
    <main className="min-h-dvh min-w-0 bg-surface px-4 pt-5 pb-24 lg:border-r lg:border-line lg:px-6 lg:pb-10">
      <h1 id={headingOf({ view: 'express', page: null })} tabIndex={-1} className="text-xl font-semibold outline-none">
        {t('express.title')}
      </h1>
      <p className="mt-1 mb-5 text-muted">{t(common ? 'express.about' : 'express.other')}</p>
      {common && (
        <div className="space-y-6">
          <Version />
          <TokenField
            path="server.addresses.public"
            question="server.addresses.public"
            separation="addresses"
            placeholder="203.0.113.10"
          />
          <TextField path="server.name" question="server.name" optional placeholder="db.example.com" mono />
          <TokenField
            path="clients.0.sources"
            question="client.sources"
            separation="addresses"
            placeholder="198.51.100.0/28"
          />
          <TokenField path="clients.0.roles" question="client.roles" separation="names" placeholder="app" />
          <Databases path="clients.0.databases" question="client.databases" />
          <TokenField
            path="administration.people.0.sources"
            question="express.ssh"
            separation="addresses"
            placeholder="198.51.100.0/28"
          />
        </div>
      )}
      <div className="mt-8 border-t border-line pt-4">
        <button type="button" className="button" onClick={() => visit({ step: 'server', group: 'machine' })}>
          <SlidersHorizontal aria-hidden className="size-4" />
          {t('express.more')}
        </button>
      </div>
    </main>
  );
}
