import type { AccessModel } from '../../model/model.ts';
import { addressText, parseAddress } from '../../net/prefix.ts';
import type { BastionNetwork } from '../../plan/schema.ts';

/** The plan's bastion, or undefined for the other patterns. */
export const bastionOf = ({ plan }: AccessModel): BastionNetwork | undefined =>
  plan.network.pattern === 'bastion' ? plan.network : undefined;

/** Host and port as `LocalForward` and `PermitOpen` write them: IPv6 in brackets. */
export function hostPort(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/**
 * Every spelling of the database server that a client may request from the bastion. `PermitOpen` compares the text that
 * the client sends, not what it resolves to (`channels.c`, `open_match`).
 */
export function databaseSpellings({ plan }: AccessModel): string[] {
  const { name, addresses } = plan.server;
  return [...new Set([...(name === null ? [] : [name]), ...addresses.private.flatMap(spellings)])];
}

/** An address as the plan has it and as programs print it (RFC 5952); a name unchanged. */
export function spellings(host: string): string[] {
  return [...new Set([host, canonical(host)])];
}

/** An address as programs print it; a name unchanged. */
export function canonical(host: string): string {
  const address = parseAddress(host);
  return address ? addressText(address) : host;
}

/** Where the bastion forwards to: the address, because a name may resolve differently there. */
export const databaseAddress = ({ plan }: AccessModel): string =>
  canonical(plan.server.addresses.private[0] ?? plan.server.name ?? 'localhost');

/** Whether the plan names anyone who may forward. */
export const forwards = ({ users, groups }: BastionNetwork): boolean => users.length + groups.length > 0;

/** With a proxy, clients need SSH only if the plan names someone who may forward. */
export const sshForClients = (bastion: BastionNetwork): boolean => bastion.proxy.kind === 'none' || forwards(bastion);

/** The account on the bastion, if the plan has exactly one. */
export const onlyAccount = ({ users, groups }: BastionNetwork): string | undefined =>
  users.length === 1 && groups.length === 0 ? users[0] : undefined;
