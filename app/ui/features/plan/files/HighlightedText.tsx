import type { Language } from '../../../../core/index.ts';
import { highlight, type Piece } from './highlight.ts';

const tones: Readonly<Record<Piece['kind'], string | undefined>> = {
  plain: undefined,
  comment: 'text-muted',
  string: 'text-code-string',
  key: 'text-code-key',
};

/** A line of a file, with its comments, strings and keywords in different colors. */
export const HighlightedText = ({ text, language }: { readonly text: string; readonly language: Language }) =>
  highlight(text, language).map((piece, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a line have no other name
    <span key={index} className={tones[piece.kind]}>
      {piece.text}
    </span>
  ));
