import type { PlanIssue } from '../../../core/index.ts';
import { at } from '../draft/at.ts';
import type { Draft } from '../draft/draft.ts';
import { useDraft } from '../draft/store.ts';
import { sayCore, t } from '../messages/translate.ts';
import { questionAt } from '../navigation/fields.ts';
import { leadTo } from '../navigation/lead-to.ts';
import { spotOf } from '../navigation/spots.ts';

interface Props {
  readonly issue: PlanIssue;
  /** What else happens when the user goes there. */
  readonly onLead?: (() => void) | undefined;
  /** In place of the issue's own words, where a list says them once for all. */
  readonly text?: string;
}

/** An issue with its place, as a link to its field. */
export function IssueLink({ issue, onLead, text = sayCore(issue) }: Props) {
  const where = useDraft((state) => whereIs(issue.path, state.draft));
  return (
    <li>
      <button
        type="button"
        className="link text-left break-words"
        onClick={() => {
          onLead?.();
          leadTo(issue.path);
        }}
      >
        {where}: {text}
      </button>
    </li>
  );
}

/** A plan path as text: the screen, the entry of its list, and the question. */
function whereIs(path: string, draft: Draft): string {
  const [, list = '', index = ''] = /^([a-zA-Z.]+)\.(\d+)(?:\.|$)/.exec(path) ?? [];
  const entry = index === '' ? undefined : at(draft, `${list}.${index}.name`);
  const question = questionAt(path);
  return [
    t(`group.${spotOf(path, draft.network.pattern).group}`),
    ...(typeof entry === 'string' ? [entry === '' ? t('entries.nameless') : entry] : []),
    ...(question === undefined ? [] : [t(question)]),
  ].join(' › ');
}
