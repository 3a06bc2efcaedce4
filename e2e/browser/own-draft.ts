import type { Page } from '@playwright/test';
import type { Pattern, Plan } from '../../app/core/index.ts';
import { ownPlan } from '../../app/core/testing/own-plan.ts';

const DRAFT_KEY = 'postern.draft';

/** What the page saves of a plan. */
const saved = (draft: Plan): string => JSON.stringify({ state: { draft, kept: null, plan: 'own' }, version: 1 });

/** Makes a plan the draft that the page will find. */
export async function saveDraft(page: Page, draft: Plan): Promise<void> {
  // The page itself is not open yet: on a busy machine it could write its own draft over this one.
  await page.goto('/presets/index.json');
  await page.evaluate(([key, value]) => localStorage.setItem(key, value), [DRAFT_KEY, saved(draft)] as const);
}

export const saveOwn = (page: Page, pattern: Pattern): Promise<void> => saveDraft(page, ownPlan(pattern));

/** The storage of a user who has answered everything for a direct connection. */
export const ownStorage = (origin: string) => ({
  cookies: [],
  origins: [{ origin, localStorage: [{ name: DRAFT_KEY, value: saved(ownPlan('direct')) }] }],
});

/** The storage of somebody who opens the page for the first time. */
export const emptyStorage = { cookies: [], origins: [] };
