// @vitest-environment happy-dom
import { within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { type BundleFile, defaultPlan, generate } from '../../../../core/index.ts';
import { useAnswers } from '../../../shared/answers/store.ts';
import { t } from '../../../shared/messages/translate.ts';
import { usePlace } from '../../../shared/navigation/place.ts';
import { announced, answerDraft, screen, show } from '../../../shared/testing/component.tsx';
import { pathPattern } from './file-paths.ts';
import RenderedMarkdown from './RenderedMarkdown.tsx';
import { ResultPane } from './ResultPane.tsx';

const { files } = generate(defaultPlan('direct'));
const readme = files.find(({ path }) => path === 'README.md') as BundleFile;
const paths = files.map(({ path }) => path);

/** The document loads when it is first shown; a busy machine takes longer for it. */
const SLOW = { timeout: 60_000 };

const region = () => screen.getByRole('region', { name: /^Contents of / });
const render = (content: string, added: readonly number[] = []) => {
  const onFile = vi.fn();
  const change = added.length > 0 ? { isNew: false, added: new Set(added), removed: 0 } : undefined;
  const user = show(
    <RenderedMarkdown file={{ ...readme, content }} change={change} paths={paths} level={4} onFile={onFile} />,
  );
  return { user, onFile };
};

describe('a guide', () => {
  it('shows its headings, steps and tables, and no markup', () => {
    render(readme.content);
    const titles = [...readme.content.matchAll(/^#{1,3} (.*)$/gm)].map(([, title]) => title);
    expect(screen.getAllByRole('heading').map(({ textContent }) => textContent)).toEqual(titles);
    expect(screen.getByRole('heading', { level: 4 }).textContent).toMatch(/^Remote access to PostgreSQL/);
    expect(screen.getAllByRole('row').length).toBeGreaterThan(2);
    expect(region().textContent).not.toMatch(/```|<!--|\\~|\| ---/);
  });

  it('has every code block with its text, and copies it from the current plan', async () => {
    usePlace.setState({ group: 'take' });
    const user = show(<ResultPane />);
    answerDraft();
    await user.click(screen.getByRole('button', { name: /README\.md The runbook/ }));
    const first = await screen.findByRole('button', { name: /^Copy the code block: bash your-machine/ }, SLOW);
    await user.click(first);
    expect(await navigator.clipboard.readText()).toBe('bash your-machine/make-certificates.sh\n');
    expect(announced()).toBe(t('files.codeCopied'));
    const content = useAnswers.getState().made?.bundle.files.find(({ path }) => path === 'README.md')?.content ?? '';
    const blocks = [...content.matchAll(/^```\w+\n([\s\S]*?)^```/gm)].map(([, text]) => text);
    expect([...region().querySelectorAll('pre')].map(({ textContent }) => textContent)).toEqual(blocks);
  });

  it('leads to the files that it names, and has its source one click away', async () => {
    usePlace.setState({ group: 'take' });
    const user = show(<ResultPane />);
    answerDraft();
    const row = (name: RegExp) => screen.getByRole('button', { name, expanded: true });
    await user.click(screen.getByRole('button', { name: /README\.md The runbook/ }));
    await user.click((await screen.findAllByRole('button', { name: 'certificates.md' }, SLOW))[0] as HTMLElement);
    expect(row(/^certificates\.md/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: t('files.source') }));
    expect(within(region()).getAllByRole('listitem')[2]?.textContent).toMatch(/^# /);
    await user.click(screen.getByRole('button', { name: t('files.rendered') }));
    expect(within(region()).getAllByRole('heading').length).toBeGreaterThan(2);
  });

  it('marks the blocks with lines that the last answer changed', () => {
    render('# One\n\nold\n\n- a\n- b\n\n```sh\nx\ny\n```\n\nlast\n', [5, 9]);
    const marks = screen.getAllByText(t('files.lineChanged')).map((mark) => mark.parentElement?.textContent);
    expect(marks).toEqual([`${t('files.lineChanged')} ab`, `${t('files.lineChanged')} x\ny\n`]);
  });
});

describe('hostile Markdown', () => {
  it.each([
    '<img src=x onerror=alert(1)>',
    'a <script>alert(1)</script> b',
    '![image](https://evil.example/x.png)',
    '<!-- a --><b>bold</b>',
    '<!-- open <iframe src="https://evil.example"></iframe>',
  ])('is text, not an element: %s', (content) => {
    render(`# Title\n\n${content}\n`);
    expect(region().querySelector('img, script, iframe, b, object, style, form')).toBeNull();
    expect(region().textContent).toContain(content);
  });

  it.each([
    '[x](javascript:alert(1))',
    '[x](JAVASCRIPT:alert(1))',
    '[x](data:text/html,x)',
    '[x](http://evil.example/)',
    '[x](//evil.example/)',
    '[x](/etc/passwd)',
    '[x](nowhere.md)',
    '<ftp://evil.example>',
  ])('links to nothing but https and the files of the bundle: %s', (content) => {
    render(`${content}\n`);
    expect(region().querySelector('a, button')).toBeNull();
    expect(region().textContent).toContain(content);
  });

  it('opens https links in another tab, which learns nothing about this one', () => {
    render('See <https://www.postgresql.org/docs/>.\n');
    const link = screen.getByRole('link', { name: 'https://www.postgresql.org/docs/' });
    expect([link.getAttribute('target'), link.getAttribute('rel')]).toEqual(['_blank', 'noreferrer noopener']);
  });

  it('links relatively to a file of the bundle', async () => {
    const { user, onFile } = render('See [the rules](database-server/pg_hba.conf).\n');
    await user.click(screen.getByRole('button', { name: 'database-server/pg_hba.conf' }));
    expect(onFile).toHaveBeenCalledWith('database-server/pg_hba.conf');
  });
});

it('finds paths as whole words, the longest first', () => {
  const pattern = pathPattern(['a.md', 'x/a.md', 'a+b.sh']);
  const found = (text: string) => text.split(pattern as RegExp).filter((_, index) => index % 2 === 1);
  expect(found('see a.md, x/a.md. a+b.sh')).toEqual(['a.md', 'x/a.md', 'a+b.sh']);
  expect(found('aXmd y/a.md a.mdx a.md.bak ~/a.md aab.sh')).toEqual([]);
  expect(pathPattern([])).toBeNull();
});
