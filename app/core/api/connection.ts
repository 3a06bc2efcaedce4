import type { Connection } from '../hba-analysis/decide.ts';
import { numericAddress } from '../postgres/hba/address.ts';
import { boolean, type Check, issue, listOfText, objectOf, oneOf, optional, text } from './input.ts';

const shape = objectOf({
  transport: oneOf('local', 'tcp'),
  encryption: oneOf('none', 'tls', 'gss'),
  database: text,
  user: text,
  roles: listOfText,
  replication: boolean,
  hostname: optional(text),
});

/** A connection whose address, if it has one, is numeric. */
export const connection: Check = (value, path) => {
  const issues = shape(value, path);
  if (issues.length > 0) return issues;
  const { transport, address } = value as { readonly transport: Connection['transport']; readonly address?: unknown };
  return transport === 'local' || (typeof address === 'string' && numericAddress(address))
    ? []
    : issue('input.address', `${path}.address`, address);
};
