import { lexer, type MarkedToken, type Token, type Tokens } from 'marked';
import { Fragment, type ReactNode, useMemo } from 'react';
import type { BundleFile, Language } from '../../../../core/index.ts';
import { t } from '../../../shared/messages/translate.ts';
import { CodeBlock } from './CodeBlock.tsx';
import type { FileChange } from './changes.ts';
import { copyPart } from './copy-part.ts';
import { pathPattern } from './file-paths.ts';

interface Props {
  readonly file: BundleFile;
  readonly change: FileChange | undefined;
  /** Paths of the files that a link may lead to. */
  readonly paths: readonly string[];
  /** The level of the document's title: 4 for `h4`. */
  readonly level: number;
  readonly onFile: (path: string) => void;
}

/** What is needed to render any part of the document. */
interface Context extends Pick<Props, 'file' | 'level' | 'onFile'> {
  readonly isPath: (text: string) => boolean;
  /** Matches the paths of other files in a text. */
  readonly mentions: RegExp | null;
}

/**
 * A Markdown file as React elements, made from the tokens of its parser. HTML is never interpreted: what is no known
 * token is shown as its source.
 */
export default function RenderedMarkdown({ file, change, paths, level, onFile }: Props) {
  const blocks = useMemo(() => withLines(file.content), [file.content]);
  const context = useMemo((): Context => {
    const known = new Set(paths);
    const others = paths.filter((path) => path !== file.path);
    return { file, level, onFile, isPath: (text) => known.has(text), mentions: pathPattern(others) };
  }, [file, level, onFile, paths]);
  return (
    <section
      aria-label={t('files.text', { name: file.path })}
      className="mb-3 space-y-2 rounded-md border border-line bg-surface px-3 py-2"
    >
      {blocks.map(({ token, from, to }) => {
        const isChanged = change !== undefined && [...change.added].some((line) => from <= line && line <= to);
        const content = <Block token={token} context={context} />;
        if (!isChanged) return <Fragment key={from}>{content}</Fragment>;
        return (
          <div key={from} className="-ml-3 border-l-3 border-changed-edge bg-changed pl-2.25">
            <span className="sr-only">{t('files.lineChanged')} </span>
            {content}
          </div>
        );
      })}
    </section>
  );
}

interface Placed {
  readonly token: MarkedToken;
  /** The lines of the file, from 1, both included. */
  readonly from: number;
  readonly to: number;
}

/** The blocks of the document with their lines. The header comment and blank lines are left out. */
function withLines(content: string): Placed[] {
  let line = 1;
  return parsed(lexer(content)).flatMap((token) => {
    const from = line;
    const breaks = token.raw.split('\n').length - 1;
    line += breaks;
    if (token.type === 'space' || (token.type === 'html' && /^<!--[\s\S]*-->\s*$/.test(token.raw))) return [];
    return [{ token, from, to: token.raw.endsWith('\n') ? line - 1 : line }];
  });
}

/** The tokens of Marked itself; no extension is registered. */
const parsed = (tokens: readonly Token[] = []): readonly MarkedToken[] => tokens as readonly MarkedToken[];

const HEADINGS = ['h3', 'h4', 'h5', 'h6'] as const;
const sizes = ['text-lg font-semibold', 'text-base font-semibold pt-2', 'font-semibold pt-1'] as const;

function Block({ token, context }: { readonly token: MarkedToken; readonly context: Context }): ReactNode {
  switch (token.type) {
    case 'heading': {
      const Heading = HEADINGS[Math.min(context.level - 4 + token.depth, HEADINGS.length - 1)] ?? 'h6';
      return (
        <Heading className={`break-words ${sizes[Math.min(token.depth, sizes.length) - 1]}`}>
          <Inline tokens={token.tokens} context={context} />
        </Heading>
      );
    }
    case 'paragraph':
      return (
        <p className="break-words">
          <Inline tokens={token.tokens} context={context} />
        </p>
      );
    case 'code':
      return <Code token={token} context={context} />;
    case 'list': {
      const List = token.ordered ? 'ol' : 'ul';
      return (
        <List className={`space-y-1.5 pl-5 ${token.ordered ? 'list-decimal' : 'list-disc'}`}>
          {token.items.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an item is its place in the list
            <li key={index} className="space-y-1.5 break-words">
              <Blocks tokens={item.tokens} context={context} />
            </li>
          ))}
        </List>
      );
    }
    case 'table':
      return <Table token={token} context={context} />;
    case 'blockquote':
      return (
        <blockquote className="border-l-3 border-line pl-3">
          <Blocks tokens={token.tokens} context={context} />
        </blockquote>
      );
    case 'hr':
      return <hr className="border-line" />;
    case 'space':
      return null;
    case 'text':
      // The text of a list item without blank lines.
      return token.tokens ? <Inline tokens={token.tokens} context={context} /> : token.text;
    default:
      return <p className="break-words whitespace-pre-wrap">{token.raw}</p>;
  }
}

const Blocks = ({ tokens, context }: { readonly tokens: readonly Token[]; readonly context: Context }) =>
  parsed(tokens).map((token, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a block is its place
    <Block key={index} token={token} context={context} />
  ));

const languages: Readonly<Record<string, Language>> = { sh: 'sh', powershell: 'powershell', sql: 'sql' };

function Code({ token: { text, lang = '' }, context: { file } }: { token: Tokens.Code; context: Context }) {
  const language = languages[lang];
  return (
    <CodeBlock
      lines={text.split('\n')}
      {...(language && { language })}
      label={t('files.copyCode', { start: text.split('\n')[0]?.slice(0, 60) ?? '' })}
      onCopy={() => copyPart(file, `${text}\n`, t('files.codeCopied'))}
    />
  );
}

function Table({ token: { header, rows }, context }: { readonly token: Tokens.Table; readonly context: Context }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard
    <section aria-label={header.map(({ text }) => text).join(', ')} tabIndex={0} className="overflow-x-auto">
      <table className="w-full border-collapse text-left">
        <thead>
          <tr>
            {header.map((cell, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its column
              <th key={index} scope="col" className="border-b border-edge py-1 pr-3 font-semibold">
                <Inline tokens={cell.tokens} context={context} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
            <tr key={index} className="border-b border-line align-top">
              {row.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its column
                <td key={column} className="min-w-24 py-1 pr-3 break-words">
                  <Inline tokens={cell.tokens} context={context} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface InlineProps {
  readonly tokens: readonly Token[] | undefined;
  readonly context: Context;
}

const Inline = ({ tokens, context }: InlineProps) =>
  joined(parsed(tokens)).map((token, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a piece is its place in the text
    <Piece key={index} token={token} context={context} />
  ));

type PlainText = { readonly type: 'plain'; readonly text: string };

/** Escaped characters are tokens of their own; a path with one is still one path. */
function joined(tokens: readonly MarkedToken[]): readonly (MarkedToken | PlainText)[] {
  const pieces: (MarkedToken | PlainText)[] = [];
  for (const token of tokens) {
    const isPlain = token.type === 'escape' || (token.type === 'text' && !token.tokens);
    const last = pieces.at(-1);
    if (!isPlain) pieces.push(token);
    else if (last?.type === 'plain') pieces[pieces.length - 1] = { type: 'plain', text: last.text + token.text };
    else pieces.push({ type: 'plain', text: token.text });
  }
  return pieces;
}

function Piece({ token, context }: { readonly token: MarkedToken | PlainText; readonly context: Context }): ReactNode {
  switch (token.type) {
    case 'plain':
      return <Mentions text={token.text} context={context} />;
    case 'strong':
      return (
        <strong>
          <Inline tokens={token.tokens} context={context} />
        </strong>
      );
    case 'em':
      return (
        <em>
          <Inline tokens={token.tokens} context={context} />
        </em>
      );
    case 'codespan':
      return context.isPath(token.text) ? (
        <FileLink path={token.text} context={context} />
      ) : (
        <code className="font-mono text-xs wrap-anywhere">{token.text}</code>
      );
    case 'br':
      return <br />;
    case 'link':
      return <Link token={token} context={context} />;
    default:
      return token.raw;
  }
}

/** Only addresses with TLS, and files of the bundle. Anything else is text. */
function Link({ token, context }: { readonly token: Tokens.Link; readonly context: Context }) {
  const { href, tokens } = token;
  if (context.isPath(href)) return <FileLink path={href} context={context} />;
  if (!URL.canParse(href) || new URL(href).protocol !== 'https:') return token.raw;
  return (
    <a href={href} target="_blank" rel="noreferrer noopener" className="link wrap-anywhere">
      <Inline tokens={tokens} context={context} />
    </a>
  );
}

/** A text in which the paths of other files lead to them. */
function Mentions({ text, context }: { readonly text: string; readonly context: Context }): ReactNode {
  if (context.mentions === null) return text;
  return text.split(context.mentions).map((piece, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a piece is its place in the text
      <FileLink key={index} path={piece} context={context} />
    ) : (
      piece
    ),
  );
}

const FileLink = ({ path, context: { onFile } }: { readonly path: string; readonly context: Context }) => (
  <button type="button" className="link wrap-anywhere text-left" onClick={() => onFile(path)}>
    {path}
  </button>
);
