import { Check, CircleHelp, Minus, OctagonX, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '../../../shared/messages/translate.ts';

/** The state of a hop: the last two were not reached, or are not mentioned. */
export type HopState = 'passes' | 'stops' | 'depends' | 'unknown' | 'beyond' | 'silent';

export interface ShownHop {
  readonly id: string;
  readonly title: string;
  readonly state: HopState;
  readonly content?: ReactNode;
}

const looks = {
  passes: { Icon: Check, tone: 'text-allow', edge: 'border-allow', line: 'border-solid border-allow' },
  depends: { Icon: TriangleAlert, tone: 'text-caution', edge: 'border-caution', line: 'border-dashed border-caution' },
  unknown: { Icon: CircleHelp, tone: 'text-caution', edge: 'border-caution', line: 'border-dashed border-caution' },
  stops: { Icon: OctagonX, tone: 'text-deny', edge: 'border-deny', line: 'border-dotted border-edge' },
  beyond: { Icon: Minus, tone: 'text-muted', edge: 'border-edge border-dotted', line: 'border-dotted border-edge' },
  silent: { Icon: Minus, tone: 'text-muted', edge: 'border-edge', line: 'border-solid border-edge' },
} as const satisfies Record<HopState, unknown>;

/**
 * The path from the client to its database, drawn downwards: each hop, its state, and a line that shows how far the
 * connection gets.
 */
export function PathPicture({ label, hops }: { readonly label: string; readonly hops: readonly ShownHop[] }) {
  return (
    <ol aria-label={label}>
      {hops.map(({ id, title, state, content }, index) => {
        const { Icon, tone, edge, line } = looks[state];
        return (
          <li key={id} className="relative flex gap-3 pb-4">
            {index < hops.length - 1 && (
              <span aria-hidden className={`absolute top-8 -bottom-0 left-[15px] border-l-2 ${line}`} />
            )}
            <span
              aria-hidden
              className={`flex size-8 shrink-0 items-center justify-center rounded-lg border-2 bg-surface ${edge}`}
            >
              <Icon className={`size-4.5 ${tone}`} />
            </span>
            <div className="min-w-0 flex-1 pt-1">
              <h3 className="font-semibold break-words">
                {title} <span className={`font-medium ${tone}`}>{t(`path.state.${state}`)}</span>
              </h3>
              {content}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
