import { type Quoted, template } from './template.ts';

export type Uri = Quoted<'uri'>;

/** A connection URI (RFC 3986), as libpq, JDBC and the drivers read it. */
export const uri = template<'uri'>();

/** Percent-encodes everything but unreserved characters, `'` included, which quotes in source code must not meet. */
export const uriPart = (value: string): Uri =>
  encodeURIComponent(value).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`) as Uri;

/** A host as a URI writes it: an IPv6 address in brackets (RFC 3986 3.2.2). */
export const uriHost = (host: string): Uri =>
  (/^[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*$/.test(host) ? `[${host}]` : uriPart(host)) as Uri;

const lone = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const segments = (path: string) => path.split('/').map((part) => encodeURIComponent(part.replace(lone, '\ufffd')));

/**
 * The name of a file as a URI reference: absolute paths of Unix and Windows as `file:`, others relative (RFC 8089; RFC 3986
 * 4.2, whose first segment must not look like a scheme). An empty name is the folder itself.
 */
export function fileUri(name: string): Uri {
  if (/^[A-Za-z]:[\\/]/.test(name))
    return `file:///${name.slice(0, 2)}${segments(name.slice(2).replaceAll('\\', '/')).join('/')}` as Uri;
  if (name.startsWith('/')) return `file://${segments(name.replace(/\/+/, '/')).join('/')}` as Uri;
  // encodeURIComponent takes care of the colon.
  return (name === '' ? './' : segments(name).join('/')) as Uri;
}
