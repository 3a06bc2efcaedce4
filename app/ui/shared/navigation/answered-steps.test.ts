import { expect, it } from 'vitest';
import { defaultPlan } from '../../../core/index.ts';
import { withAt } from '../draft/at.ts';
import { blankPlan } from '../draft/blank.ts';
import { answeredSteps } from './answered-steps.ts';

const answered = (draft: Parameters<typeof answeredSteps>[0]) => [...answeredSteps(draft)].toSorted();

it('no step of a new plan is answered, except another pattern than the first', () => {
  expect(answered(blankPlan('direct'))).toEqual([]);
  expect(answered(blankPlan('vpn'))).toEqual(['pattern']);
});

it('a step is answered by one of its answers, and the pattern with it', () => {
  expect(answered(withAt(blankPlan('direct'), 'security.finalReject', false))).toEqual(['pattern', 'security']);
  expect(answered(withAt(blankPlan('direct'), 'security.maxConnections', 50))).toEqual(['operation', 'pattern']);
  expect(answered(withAt(blankPlan('direct'), 'clients.0.sources', ['10.0.0.0/8']))).toEqual(['clients', 'pattern']);
});

it('a plan with everything in it has the steps that it answers', () =>
  expect(answered(defaultPlan('direct'))).toEqual(['clients', 'network', 'pattern', 'security', 'server']));
