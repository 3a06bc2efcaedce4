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
