import { CircleCheck, CircleHelp, CircleX, Minus, TriangleAlert } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { type Assumption, type CarriedLine, type LeftLine, type Plan, shownBytes } from '../../../core/index.ts';
import { sayCore, t } from '../../shared/messages/translate.ts';
import { editLine } from '../../shared/server-files/shown-line.ts';
import { nameOfPath } from './paths.ts';

/** Number of lines shown at once. */
const STEP = 50;

/** Whether the line stays on the server as it is: the plan has nothing to do with it. */
export const isUntouched = ({ reason }: LeftLine): boolean => reason.id === 'import.setting.stays';

/** Lines that have no effect now either. */
const HARMLESS: ReadonlySet<string> = new Set(['import.record.dead', 'import.setting.again']);

const untouched = <Minus aria-hidden className="size-4 text-muted" />;

function iconOf({ reason: { id } }: LeftLine): ReactNode {
  if (HARMLESS.has(id)) return untouched;
  return id === 'import.setting.replaced' ? (
    <TriangleAlert aria-hidden className="size-4 text-caution" />
  ) : (
    <CircleX aria-hidden className="size-4 text-deny" />
  );
}

/** Lines that the generated files don't have. */
export function Left({ lines }: { readonly lines: readonly LeftLine[] }) {
  return (
    <Section id="left" title={t('import.left', { count: lines.length })} about={t('import.left.about')}>
      {lines.length === 0 ? (
        <p className="mt-2">{t('import.left.none')}</p>
      ) : (
        <Rows
          caption={t('import.left', { count: lines.length })}
          heads={[t('import.line'), t('import.reason')]}
          rows={lines.map((line) => ({
            key: `${line.file} ${line.line} ${line.text}`,
            cells: [<Place key="line" icon={iconOf(line)} line={line} />, sayCore(line.reason)],
          }))}
        />
      )}
    </Section>
  );
}

/** Settings that stay on the server as they are. */
export function Untouched({ lines }: { readonly lines: readonly LeftLine[] }) {
  if (lines.length === 0) return null;
  return (
    <Section id="untouched" title={t('import.untouched', { count: lines.length })} about={t('import.untouched.about')}>
      <ul className="mt-2 columns-1 gap-x-8 border-y border-line py-2 md:columns-2">
        {lines.map((line) => (
          <li key={`${line.file} ${line.line}`} className="break-inside-avoid py-1">
            <Place icon={untouched} line={line} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Answers that no file provides. */
export function Assumed({ assumed, plan }: { readonly assumed: readonly Assumption[]; readonly plan: Plan }) {
  if (assumed.length === 0) return null;
  return (
    <Section id="assumed" title={t('import.assumed', { count: assumed.length })} about={t('import.assumed.about')}>
      <ul className="mt-2 space-y-1.5">
        {assumed.map(({ path, reason }) => (
          <li key={`${path} ${reason.text}`} className="flex gap-2">
            <CircleHelp aria-hidden className="mt-0.5 size-4 shrink-0 text-caution" />
            <span className="min-w-0 break-words">
              <span className="font-semibold">{nameOfPath(path, plan)}:</span> {sayCore(reason)}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Lines that became answers, and what differs afterwards. */
export function Carried({ lines, plan }: { readonly lines: readonly CarriedLine[]; readonly plan: Plan }) {
  return (
    <Section id="carried" title={t('import.carried', { count: lines.length })} about={t('import.carried.about')}>
      {lines.length > 0 && (
        <Rows
          caption={t('import.carried', { count: lines.length })}
          heads={[t('import.line'), t('import.became')]}
          rows={lines.map((line) => ({
            key: `${line.file} ${line.line} ${line.text}`,
            cells: [
              <Place key="line" icon={<CircleCheck aria-hidden className="size-4 text-allow" />} line={line} />,
              <div key="became">
                {line.paths.map((path) => nameOfPath(path, plan)).join(', ')}
                {line.notes.map((note) => (
                  <span key={note.text} className="block text-caution">
                    {sayCore(note)}
                  </span>
                ))}
              </div>,
            ],
          }))}
        />
      )}
    </Section>
  );
}

interface SectionProps {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly children: ReactNode;
}

function Section({ id, title, about, children }: SectionProps) {
  return (
    <section aria-labelledby={`import-${id}`} className="mt-6">
      <h2 id={`import-${id}`} className="text-lg font-semibold">
        {title}
      </h2>
      <p className="max-w-prose text-muted">{about}</p>
      {children}
    </section>
  );
}

/** A line and its position; selecting it shows it in the editor. */
function Place({ icon, line }: { readonly icon: ReactNode; readonly line: LeftLine | CarriedLine }) {
  const { file, line: number, text } = line;
  return (
    <div className="flex gap-2">
      <span className="mt-0.5 shrink-0">{icon}</span>
      <div className="min-w-0">
        <button type="button" className="link font-mono text-xs" onClick={() => editLine({ name: file, line: number })}>
          {t('audit.at', { name: file, line: number })}
        </button>
        <code className="block font-mono text-xs break-words whitespace-pre-wrap">{shownBytes(text)}</code>
      </div>
    </div>
  );
}

interface RowsProps {
  readonly caption: string;
  readonly heads: readonly [string, string];
  readonly rows: readonly { readonly key: string; readonly cells: readonly [ReactNode, ReactNode] }[];
}

function Rows({ caption, heads, rows }: RowsProps) {
  const [count, setCount] = useState(STEP);
  return (
    <>
      <table className="mt-2 w-full border-y border-line text-left">
        <caption className="sr-only">{caption}</caption>
        <thead className="hidden md:table-header-group">
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col" className="py-1.5 pr-4 font-semibold">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.slice(0, count).map(({ key, cells }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same line may be told twice
            <tr key={`${key} ${index}`} className="block py-2 align-top md:table-row md:py-0">
              <td className="block min-w-0 md:table-cell md:w-1/2 md:py-2 md:pr-4">{cells[0]}</td>
              <td className="block min-w-0 pl-6 break-words md:table-cell md:py-2 md:pl-0">{cells[1]}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > count && (
        <button type="button" className="button mt-2" onClick={() => setCount(count + STEP)}>
          {t('audit.more', { rest: rows.length - count })}
        </button>
      )}
    </>
  );
}
