// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { deriveAccess, generate, parsePlan } from '../../../../core/index.ts';
import { takeAnswer, useAnswers } from '../../../shared/answers/store.ts';
import { change, replaceDraft, useDraft } from '../../../shared/draft/store.ts';
import { withoutExamples } from './blank.ts';

/** Answers the draft that is there now, later if asked to. */
function answerLater(): () => void {
  const { draft, edit } = useDraft.getState();
  const parsed = parsePlan(draft);
  return () => {
    const ofNow = useDraft.getState().draft === draft;
    if (!parsed.ok) return takeAnswer(parsed, { edit, ofNow });
    const { plan, hosts, flows, clients } = deriveAccess(parsed.value);
    const value = { plan, bundle: generate(plan), commands: [], scene: { plan, hosts, flows, clients } };
    takeAnswer({ ok: true, value }, { edit, ofNow });
  };
}

describe('withoutExamples', () => {
  it('shows nothing of the examples, even where their answer is still on its way', () => {
    const examples = answerLater();
    withoutExamples();
    examples();
    expect(useAnswers.getState().made).toBeNull();
    answerLater()();
    expect(useAnswers.getState().issues).not.toEqual([]);
    change('server.addresses.public', ['198.51.100.7']);
    change('clients.0.sources', ['192.0.2.0/28']);
    change('clients.0.roles', ['shop']);
    change('clients.0.databases', ['orders']);
    change('administration.people.0.sources', ['192.0.2.9']);
    answerLater()();
    expect(useAnswers.getState().issues).toEqual([]);
    expect(useAnswers.getState().made?.scene.plan.server.addresses.public).toEqual(['198.51.100.7']);
  });

  it('leaves a draft with an answer of the user as it is', () => {
    replaceDraft({ ...useDraft.getState().draft });
    change('server.name', 'mine.example.com');
    const { draft } = useDraft.getState();
    withoutExamples();
    expect(useDraft.getState().draft).toBe(draft);
  });
});
