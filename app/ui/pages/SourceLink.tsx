import { ExternalLink } from 'lucide-react';
import type { Sourced } from '../../core/index.ts';

/** Where a sentence comes from. It leaves the application, in a tab of its own, and tells the other side nothing. */
export function SourceLink({ source }: { readonly source: Sourced['source'] }) {
  return (
    <a href={source.url} target="_blank" rel="noreferrer" className="link inline text-xs break-words">
      {source.title}
      <ExternalLink aria-hidden className="ml-1 inline size-3" />
    </a>
  );
}
