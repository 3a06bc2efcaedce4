import { ExternalLink } from 'lucide-react';
import type { Document } from '../../../core/index.ts';

/** A link to the source of a sentence. It opens in a new tab, and sends no referrer. */
export function SourceLink({ source }: { readonly source: Pick<Document, 'title' | 'url'> }) {
  return (
    <a href={source.url} target="_blank" rel="noreferrer" className="link inline text-xs break-words">
      {source.title}
      <ExternalLink aria-hidden className="ml-1 inline size-3" />
    </a>
  );
}
