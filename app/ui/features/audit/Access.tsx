import { CircleCheck, DoorOpen, Info, OctagonAlert, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { AccessStatement } from '../../../core/index.ts';
import type { AccessView } from '../../../worker/engine.worker.ts';
import { t } from '../../shared/messages/translate.ts';
import { ViewLink } from '../../shared/navigation/ViewLink.tsx';
import type { ShownLine } from '../../shared/server-files/shown-line.ts';
import { HBA } from '../../shared/server-files/store.ts';
import { accessWords } from './access-words.ts';

interface Props {
  readonly access: AccessView;
  /** The files have changed since. */
  readonly outdated: boolean;
  readonly onShow: (line: ShownLine) => void;
}

/** Number of statements shown at first, and with each click on the button. */
const FEW = 6;
const STEP = 20;

const looks = {
  open: { Icon: DoorOpen, tone: 'text-deny' },
  exposed: { Icon: TriangleAlert, tone: 'text-caution' },
  usual: { Icon: CircleCheck, tone: 'text-allow' },
} as const;

/** Who can connect, from where, and with which authentication, the worst first. */
export function Access({ access, outdated, onShow }: Props) {
  const [count, setCount] = useState(FEW);
  const { statements, total, refusals, onlyLocal } = access;
  const rest = total - statements.length;
  return (
    <section aria-labelledby="access-heading" className="mt-4">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h2 id="access-heading" className="text-lg font-semibold">
          {t('access.title')}
        </h2>
        <MapLink />
      </div>
      {refusals > 0 && (
        <p className="mt-1.5 flex gap-2 rounded-md border border-deny bg-deny-tint p-2.5">
          <OctagonAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-deny" />
          <span className="min-w-0">{t('access.refused', { count: refusals })}</span>
        </p>
      )}
      {onlyLocal && statements.length > 0 && (
        <p className="mt-1.5 flex gap-2">
          <Info aria-hidden className="mt-0.5 size-4 shrink-0 text-accent" />
          <span className="min-w-0">{t('access.onlyLocal')}</span>
        </p>
      )}
      {statements.length === 0 ? (
        <p className="mt-1.5">{t('access.nobody')}</p>
      ) : (
        <ul className={`mt-1.5 space-y-1.5 ${outdated ? 'opacity-80' : ''}`}>
          {statements.slice(0, count).map((statement) => (
            <Statement key={keyOf(statement)} statement={statement} onShow={onShow} />
          ))}
        </ul>
      )}
      {statements.length > count ? (
        <button type="button" className="button mt-2" onClick={() => setCount(count + STEP)}>
          {t('audit.more', { rest: total - count })}
        </button>
      ) : (
        rest > 0 && <p className="mt-2 text-muted">{t('access.mapAll', { rest })}</p>
      )}
    </section>
  );
}

/** A link to the map of the same files. */
export function MapLink() {
  return <ViewLink to={{ view: 'map', page: null }}>{t('access.map')}</ViewLink>;
}

const keyOf = ({ scope, method, protection, databases, users }: AccessStatement): string =>
  JSON.stringify([scope, method, protection, databases, users]);

/** Number of lines that a statement links to. */
const LINES = 3;

function Statement({ statement, onShow }: { readonly statement: AccessStatement } & Pick<Props, 'onShow'>) {
  const { concern, records, recordCount, partly } = statement;
  const { Icon, tone } = looks[concern];
  return (
    <li className="flex gap-2">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${tone}`} />
      <p className="min-w-0 break-words">
        {concern !== 'usual' && <span className={`font-semibold ${tone}`}>{t(`access.concern.${concern}`)} </span>}
        <span className={concern === 'open' ? 'font-semibold' : ''}>{accessWords(statement)}</span> (
        {records.slice(0, LINES).map(({ line, file }, at) => (
          <span key={`${file} ${line}`}>
            {at > 0 && ', '}
            <button type="button" className="link" onClick={() => onShow({ name: file ?? HBA, line })}>
              {file === undefined ? t('access.line', { line }) : t('access.lineOf', { name: file, line })}
            </button>
          </span>
        ))}
        {recordCount > LINES && `, ${t('compare.others', { rest: recordCount - LINES })}`}).
        {partly && <span className="text-muted"> {t('access.partly')}</span>}
      </p>
    </li>
  );
}
