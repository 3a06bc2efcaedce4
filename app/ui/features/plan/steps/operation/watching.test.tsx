// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { parsePlan, STARTING_RETRIES } from '../../../../../core/index.ts';
import { ownPlan } from '../../../../../core/testing/own-plan.ts';
import type { Draft } from '../../../../shared/draft/draft.ts';
import { useDraft } from '../../../../shared/draft/store.ts';
import { t } from '../../../../shared/messages/translate.ts';
import { screen, show } from '../../../../shared/testing/component.tsx';
import { Watching } from './Watching.tsx';

const direct: Draft = ownPlan('direct');

const withBans = (monitoring: Partial<Draft['monitoring']>): Draft => ({
  ...direct,
  monitoring: { ...direct.monitoring, ...monitoring },
});

describe('the choice of what fail2ban reads', () => {
  it.each([
    ['file', withBans({ fail2ban: 'journal', log: 'syslog' }), { fail2ban: 'file', log: 'stderr' }],
    ['file', withBans({ fail2ban: 'none', log: 'jsonlog' }), { fail2ban: 'file', log: 'jsonlog' }],
    ['journal', withBans({ fail2ban: 'file', log: 'stderr' }), { fail2ban: 'journal', log: 'syslog' }],
    ['journal', withBans({ fail2ban: 'none', log: 'stderr' }), { fail2ban: 'journal', maxRetry: STARTING_RETRIES }],
    ['none', withBans({ fail2ban: 'journal', log: 'syslog' }), { fail2ban: 'none', log: 'syslog' }],
  ] as const)('%s is one change, and its draft is valid', async (chosen, before, expected) => {
    const user = show(<Watching />, before);
    const drafts: Draft[] = [];
    const unsubscribe = useDraft.subscribe(({ draft }) => void drafts.push(draft));
    const label = t(`monitoring.fail2ban.${chosen}`);
    await user.click(screen.getByRole('radio', { name: (name) => name.startsWith(label) }));
    unsubscribe();
    expect(drafts).toHaveLength(1);
    expect(drafts[0]?.monitoring).toMatchObject(expected);
    if (before.monitoring.log !== 'jsonlog') expect(parsePlan(drafts[0])).toMatchObject({ ok: true });
  });
});
