import { OctagonAlert } from 'lucide-react';
import { type Hop, type Path, shownBytes } from '../../../../core/index.ts';
import { sayCore, t } from '../../../shared/messages/translate.ts';
import { leadTo } from '../../../shared/navigation/lead-to.ts';
import { useServerFiles } from '../../../shared/server-files/store.ts';
import { LineLink } from '../parts/LineLink.tsx';
import { PassedRecords } from '../parts/PassedRecords.tsx';
import { PathPicture } from '../parts/PathPicture.tsx';
import { PsqlTable } from './PsqlTable.tsx';

interface Props {
  readonly path: Path;
  /** The current input does not describe a connection; this is the previous answer. */
  readonly outdated: boolean;
  readonly busy: boolean;
}

/** The outcome of a connection, hop by hop, and the output of psql. */
export function Followed({ path, outdated, busy }: Props) {
  const { hops, stopped, refused } = path;
  const end = hops.findIndex(({ kind }) => kind === stopped);
  return (
    <>
      {refused.length > 0 && <RefusedFile path={path} />}
      <p role="status" className="mt-1 break-words">
        {outdated && <span className="text-caution">{t('connection.outdated')} </span>}
        <span className="text-muted">{described(path)}</span>
        <span className="block font-semibold">{verdict(path)}</span>
      </p>
      <div className={`mt-4 ${busy ? 'opacity-80' : ''}`}>
        <PathPicture
          label={t('path.title')}
          hops={hops.map((hop, index) => ({
            id: hop.kind,
            title: t(`path.hop.${hop.kind}`),
            state: end >= 0 && index > end ? 'beyond' : hop.verdict,
            content: <HopWords hop={hop} path={path} />,
          }))}
        />
        <PsqlTable path={path} />
      </div>
    </>
  );
}

function HopWords({ hop, path }: { readonly hop: Hop; readonly path: Path }) {
  const source = useServerFiles((state) => state.source);
  const { says, query, at, path: answer, kind } = hop;
  return (
    <>
      {says.map((message) => (
        <p key={message.id} className="max-w-prose break-words">
          {sayCore(message)}
        </p>
      ))}
      {query !== undefined && <Code text={query} />}
      {kind === 'record' && path.record !== undefined && <Code text={path.record} />}
      {at && <LineLink file={at.file} line={at.line} />}
      {source === 'plan' && answer !== undefined && (
        <button type="button" className="link" onClick={() => leadTo(answer)}>
          {t('path.answer')}
        </button>
      )}
      {kind === 'record' && (
        <PassedRecords passed={path.passed} total={path.passedCount} open={path.outcome.outcome === 'no-entry'} />
      )}
    </>
  );
}

function Code({ text }: { readonly text: string }) {
  return (
    <code className="my-1 block rounded-sm bg-raised px-2 py-1 font-mono text-xs break-words whitespace-pre-wrap">
      {shownBytes(text)}
    </code>
  );
}

function described({ connection }: Path): string {
  const { transport, encryption, address = '', user, database, replication } = connection;
  const about = { user, database: replication ? 'replication' : database };
  return transport === 'local'
    ? t('connection.aboutLocal', about)
    : t('connection.aboutTcp', { ...about, address, encryption: t(`connection.encryption.${encryption}`) });
}

function verdict({ stopped, hops, outcome }: Path): string {
  if (stopped !== undefined) return t('connection.stopped', { hop: t(`path.hop.${stopped}`) });
  const method = outcome.outcome === 'record' ? outcome.method : '';
  const open = hops.some(
    ({ kind, verdict }) => verdict !== 'passes' && ['cloud', 'firewall', 'socket', 'tls'].includes(kind),
  );
  const trusted = hops.some(({ kind, verdict }) => kind === 'method' && verdict === 'passes');
  return `${t(trusted ? 'connection.trusted' : 'connection.asks', { method })}${open ? ` ${t('connection.ifReached')}` : ''}`;
}

/** The server keeps using the previous file, so this one is not in force. */
function RefusedFile({ path: { refused } }: { readonly path: Path }) {
  return (
    <div role="alert" className="my-2 flex gap-2 rounded-md border border-deny bg-deny-tint p-3">
      <OctagonAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-deny" />
      <div className="min-w-0 break-words">
        <p className="font-semibold text-deny">{t('path.refused.title')}</p>
        <p>{t('path.refused.then')}</p>
        <ul className="mt-1">
          {refused.map(({ line, file, error }) => (
            <li key={`${file ?? ''}:${line}`}>
              <LineLink file={file} line={line} /> {error ?? t('path.refused.noText')}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
