import { markupComment } from './comment.ts';
import { type Quoted, template } from './template.ts';

export type Xml = Quoted<'xml'>;

/** A line or a piece of XML. */
export const xml = template<'xml'>();

export const xmlComment = markupComment<'xml'>();

/** Text between tags or in a double-quoted attribute (XML 1.0, 2.4). */
export const xmlText = (value: string): Xml =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;') as Xml;
