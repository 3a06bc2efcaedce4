import type { ReactNode } from 'react';
import { type MessageId, t } from '../../shared/messages/translate.ts';

type Column = Extract<MessageId, `log.column.${string}`> extends `log.column.${infer Name}` ? Name : never;

interface Props {
  readonly label: string;
  readonly columns: readonly Column[];
  readonly children: ReactNode;
}

/** A table that scrolls by itself where it is wider than the page. */
export function Table({ label, columns, children }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section tabIndex={0} aria-label={label} className="relative mt-2 overflow-x-auto">
      <table className="w-full text-left">
        <thead>
          <tr className="border-b border-line">
            {columns.map((column) => (
              <th key={column} scope="col" className="py-1.5 pr-4 font-semibold whitespace-nowrap">
                {t(`log.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}
