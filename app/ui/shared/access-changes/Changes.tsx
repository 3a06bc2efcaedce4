import { CircleHelp, DoorClosed, DoorOpen, KeyRound } from 'lucide-react';
import { useState } from 'react';
import type { AccessDifference, ChangeView } from '../../../worker/compare.ts';
import type { OutcomeView } from '../../../worker/view-models.ts';
import { t } from '../messages/translate.ts';
import { connectionWords, databaseWords, inWords, kindWords, outcomeWords, userWords } from '../server-files/words.ts';
import type { ShownAt } from './shown-at.ts';

/** The appearance of a change: never by color alone. */
export const looks = {
  opened: { Icon: DoorOpen, tone: 'text-deny' },
  closed: { Icon: DoorClosed, tone: 'text-allow' },
  method: { Icon: KeyRound, tone: 'text-caution' },
  unknown: { Icon: CircleHelp, tone: 'text-muted' },
} as const;

interface Props {
  readonly told: AccessDifference;
  /** Shows a line of one of the files, if they are on the screen. */
  readonly onShow?: ((at: ShownAt) => void) | undefined;
  readonly outdated?: boolean;
}

const STEP = 30;

/** The number of changes of each kind. */
export function Counts({ counts }: Pick<AccessDifference, 'counts'>) {
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-1">
      {(['opened', 'closed', 'method', 'unknown'] as const)
        .filter((kind) => kind !== 'unknown' || counts.unknown > 0)
        .map((kind) => {
          const { Icon, tone } = looks[kind];
          const count = counts[kind];
          return (
            <li key={kind} className="flex items-center gap-1.5">
              <Icon aria-hidden className={`size-4 ${count > 0 ? tone : 'text-muted'}`} />
              <span className={count > 0 ? 'font-semibold' : 'text-muted'}>
                {t(`compare.count.${kind}`, { count })}
              </span>
            </li>
          );
        })}
    </ul>
  );
}

/** Each change with a connection that shows it. */
export function Changes({ told, onShow, outdated = false }: Props) {
  const [count, setCount] = useState(STEP);
  const { changes, counts } = told;
  const all = Object.values(counts).reduce((sum, one) => sum + one, 0);
  return (
    <>
      <ol className={`mt-2 divide-y divide-line border-y border-line ${outdated ? 'opacity-80' : ''}`}>
        {changes.slice(0, count).map((change, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: changes have no name; their order is theirs
          <Item key={index} change={change} onShow={onShow} />
        ))}
      </ol>
      {changes.length > count && (
        <button type="button" className="button mt-3" onClick={() => setCount(count + STEP)}>
          {t('audit.more', { rest: changes.length - count })}
        </button>
      )}
      {all > changes.length && changes.length <= count && (
        <p className="mt-2 text-muted">{t('compare.notListed', { rest: all - changes.length })}</p>
      )}
    </>
  );
}

function Item({ change, onShow }: { readonly change: ChangeView; readonly onShow: Props['onShow'] }) {
  const { kind, connections, addresses, hostname, databases, users, total, shown } = change;
  const { Icon, tone } = looks[kind];
  return (
    <li className="flex gap-2 py-2.5">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${tone}`} />
      <div className="min-w-0 flex-1 break-words">
        <p>
          <span className={`font-semibold ${tone}`}>{t(`compare.kind.${kind}`)}</span> {sentence(change)}
        </p>
        <dl className="mt-1 grid grid-cols-[max-content_minmax(0,1fr)] gap-x-3 gap-y-0.5">
          <dt className="text-muted">{t('compare.connections')}</dt>
          <dd>{inWords(connections.map(kindWords))}</dd>
          {hostname !== undefined && (
            <>
              <dt className="text-muted">{t('compare.host')}</dt>
              <dd className="font-mono text-xs">{hostname}</dd>
            </>
          )}
          {addresses !== null && <Values name={t('compare.addresses')} values={addresses} total={total.addresses} />}
          <Values name={t('compare.databases')} values={databases} total={total.databases} words={databaseWords} />
          <Values name={t('compare.users')} values={users} total={total.users} words={userWords} />
          {shown && (
            <>
              <dt className="text-muted">{t('compare.witness')}</dt>
              <dd>{connectionWords(shown.witness)}</dd>
              <dt className="text-muted">{t('compare.before')}</dt>
              <dd>
                <Verdict told={shown.before} onLine={onShow && ((line) => onShow({ side: 'before', line }))} />
              </dd>
              <dt className="text-muted">{t('compare.after')}</dt>
              <dd>
                <Verdict told={shown.after} onLine={onShow && ((line) => onShow({ side: 'after', line }))} />
              </dd>
            </>
          )}
        </dl>
      </div>
    </li>
  );
}

function sentence({ kind, shown, addresses, databases, users, total, connections }: ChangeView): string {
  const from =
    addresses === null
      ? t('compare.fromSocket')
      : t('compare.from', { addresses: some(addresses, total.addresses), how: inWords(connections.map(kindWords)) });
  const values = {
    from,
    users: some(users.map(userWords), total.users),
    databases: some(databases.map(databaseWords), total.databases),
  };
  if (!shown) return t('compare.says.unknown', values);
  const method = (told: OutcomeView) =>
    told.outcome.outcome === 'record' ? [told.outcome.method, ...told.outcome.options].join(' ') : '';
  return t(`compare.says.${kind}`, { ...values, before: method(shown.before), after: method(shown.after) });
}

/** The first few of many values. */
function some(words: readonly string[], total: number): string {
  const first = words.slice(0, 3);
  return inWords(total > 3 ? [...first, t('compare.others', { rest: total - 3 })] : first);
}

interface ValuesProps {
  readonly name: string;
  readonly values: readonly string[];
  readonly total: number;
  readonly words?: (token: string) => string;
}

/** A few values directly, many behind a button. */
function Values({ name, values, total, words = (text) => text }: ValuesProps) {
  const few = 6;
  const text = (some: readonly string[]) => some.map(words).join(', ');
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0">
        {total <= few ? (
          text(values)
        ) : (
          <details>
            <summary className="text-accent underline underline-offset-2">
              {t('compare.many', { first: text(values.slice(0, 3)), rest: total - 3 })}
            </summary>
            <span>
              {text(values.slice(3))}
              {total > values.length && ` ${t('compare.others', { rest: total - values.length })}`}
            </span>
          </details>
        )}
      </dd>
    </>
  );
}

interface VerdictProps {
  readonly told: OutcomeView;
  readonly onLine?: ((line: number) => void) | undefined;
}

/** The outcome of a connection, and the line that determines it. */
export function Verdict({ told: { outcome, text }, onLine }: VerdictProps) {
  return (
    <>
      {outcomeWords(outcome)}
      {outcome.outcome === 'record' && (
        <>
          {' '}
          <Line {...outcome} text={text} onLine={onLine} />
        </>
      )}
    </>
  );
}

interface LineProps {
  readonly line: number;
  readonly file?: string | undefined;
  readonly text?: string | undefined;
  readonly onLine?: ((line: number) => void) | undefined;
}

/** A line with its text. It is a button if the line can be shown. */
export function Line({ line, file, text, onLine }: LineProps) {
  const name = file === undefined ? t('compare.line', { line }) : t('audit.at', { name: file, line });
  return (
    <>
      {onLine && file === undefined ? (
        <button type="button" className="link" onClick={() => onLine(line)}>
          {name}
        </button>
      ) : (
        <span>{name}</span>
      )}
      {text !== undefined && (
        <>
          {' '}
          <code className="font-mono text-xs break-words text-muted">{text}</code>
        </>
      )}
    </>
  );
}
