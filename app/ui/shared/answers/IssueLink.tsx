import type { PlanIssue } from '../../../core/index.ts';
import { useDraft } from '../draft/store.ts';
import { sayCore, t } from '../messages/translate.ts';
import { leadTo } from '../navigation/place.ts';
import { spotOf } from '../navigation/steps.ts';

interface Props {
  readonly issue: PlanIssue;
  /** What else happens when the user goes there. */
  readonly onLead?: (() => void) | undefined;
}

/** An issue with its place, as a link to its field. */
export function IssueLink({ issue, onLead }: Props) {
  const where = useDraft((state) => whereIs(issue.path, state.draft.clients));
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
        {where}: {sayCore(issue)}
      </button>
    </li>
  );
}

/** A plan path as text: the client's name, or the screen. */
function whereIs(path: string, clients: readonly { readonly name: string }[]): string {
  const client = /^clients\.(\d+)/.exec(path);
  const name = client ? clients[Number(client[1])]?.name : undefined;
  return name ? t('problems.inClient', { name }) : t(`step.${spotOf(path, 'direct').step}`);
}
