import { defaultPlan } from '../../../../core/index.ts';
import { forgetAnswers } from '../../../shared/answers/store.ts';
import type { Draft } from '../../../shared/draft/draft.ts';
import { replaceDraft, useDraft } from '../../../shared/draft/store.ts';

/** The most common plan without the facts that only the user knows. */
function blank(): Draft {
  const start: Draft = defaultPlan('direct');
  return {
    ...start,
    server: { ...start.server, name: null, addresses: { ...start.server.addresses, public: [] } },
    clients: start.clients.map((client) => ({ ...client, sources: [], roles: [], databases: [] })),
    administration: {
      ...start.administration,
      people: start.administration.people.map((person) => ({ ...person, sources: [] })),
    },
  };
}

/** Whether the user has changed nothing of what the page starts with. */
export const isUntouched = (draft: Draft): boolean => JSON.stringify(draft) === JSON.stringify(defaultPlan('direct'));

/** Empties the examples that the draft starts with; a draft with answers of the user stays. It can be undone. */
export function withoutExamples(): void {
  if (!isUntouched(useDraft.getState().draft)) return;
  replaceDraft(blank());
  forgetAnswers(useDraft.getState().edit);
}
