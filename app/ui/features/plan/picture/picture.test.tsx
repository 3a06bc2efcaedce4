// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { defaultPlan } from '../../../../core/index.ts';
import { useAnswers } from '../../../shared/answers/store.ts';
import { withAt } from '../../../shared/draft/at.ts';
import type { Draft } from '../../../shared/draft/draft.ts';
import { t } from '../../../shared/messages/translate.ts';
import { announced, answerDraft, screen, setProgress, show } from '../../../shared/testing/component.tsx';
import { Picture } from './Picture.tsx';
import { standaloneSvg } from './standalone.ts';

const direct: Draft = defaultPlan('direct');

const Shown = () => {
  const scene = useAnswers(({ made }) => made?.scene);
  return scene && <Picture scene={scene} onLead={() => undefined} />;
};

const drawn = (draft: Draft): SVGSVGElement => {
  show(<Shown />, draft);
  answerDraft();
  const svg = screen.getByRole('region', { name: t('picture.diagram') }).querySelector('svg');
  if (!svg) throw new Error('there is no picture');
  return svg;
};

describe('the picture as a file', () => {
  it('is XML with a white background below everything, and with nothing that only a page uses', () => {
    const svg = drawn(direct);
    const text = standaloneSvg(svg);
    const { documentElement: root } = new DOMParser().parseFromString(text, 'application/xml');
    expect(root.localName).toBe('svg');
    const [title, background] = root.children;
    expect(title?.textContent).toBe(t('picture.title'));
    expect([background?.localName, background?.getAttribute('fill')]).toEqual(['rect', '#ffffff']);
    expect(text).not.toMatch(/ (?:class|role|tabindex|aria-label|style)=/);
    expect(root.querySelectorAll('text').length).toBe(svg.querySelectorAll('text').length);
    // What the page shows is as it was.
    expect(svg.querySelectorAll('[role=button]').length).toBeGreaterThan(3);
  });

  it('has a hostile name as text', () => {
    const name = '<script>x</script>"&\'';
    const text = standaloneSvg(drawn(withAt(direct, 'clients.0.name', name)));
    expect(useAnswers.getState().issues).toEqual([]);
    expect(text).not.toContain('<script');
    expect(text).toContain('&lt;script&gt;');
  });

  it('is not saved while the result is outdated', async () => {
    const user = show(<Shown />);
    answerDraft();
    setProgress({ kind: 'generating', since: performance.now() });
    await user.click(screen.getByRole('button', { name: t('picture.download.svg') }));
    expect(announced()).toBe(t('result.notTaken'));
  });
});
