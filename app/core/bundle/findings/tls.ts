import type { AccessModel } from '../../model/model.ts';
import { proxyOf } from '../../plan/ways.ts';
import { certificateGroups } from '../postgres/hosts.ts';
import { asksCertificates, serverTlsPaths } from '../tls/paths.ts';
import { type Finding, finding } from './finding.ts';

/** Findings about TLS beyond what plan validation rejects. */
export function tlsFindings(model: AccessModel): Finding[] {
  return [...negotiation(model), ...groups(model), ...revocation(model), ...hostCertificates(model)];
}

function negotiation({ plan, clients }: AccessModel): Finding[] {
  const pooled = clients.some(({ client }) => proxyOf(plan, client.via)?.kind === 'pgbouncer');
  if (!plan.security.directTls || !pooled) return [];
  return [finding('direct-pooler', 'info', 'security.directTls')];
}

function revocation(model: AccessModel): Finding[] {
  const path = 'security.certificate.revocation';
  const someone = asksCertificates(model);
  if (serverTlsPaths(model).crl !== null)
    return [someone ? finding('revocation-expires', 'medium', path) : finding('revocation-nobody', 'info', path)];
  return someone ? [finding('no-revocation', 'low', 'security.certificate')] : [];
}

/** Which certificate a client gets, by the name that it sends. */
function hostCertificates(model: AccessModel): Finding[] {
  const { hostCertificates: found } = model.plan.security;
  if (found.length === 0) return [];
  const names = certificateGroups(found).map((group) => `${group.names.join(', ')}: ${group.certificateFile}`);
  const values = { names: names.join('; '), certificate: serverTlsPaths(model).certificate };
  return [finding('host-certificates', 'info', 'security.hostCertificates', values)];
}

/** The names of P-256. */
const common = new Set(['prime256v1', 'P-256', 'secp256r1']);

function groups({ plan }: AccessModel): Finding[] {
  const { groups: list } = plan.security;
  if (list === null) return [];
  const names = list.split(':');
  const hybrid = names.find((name) => /MLKEM/i.test(name));
  return [
    ...(hybrid === undefined
      ? []
      : [finding('groups-hybrid', 'medium', 'security.groups', { group: hybrid, openssl: '3.5' })]),
    ...(names.some((name) => common.has(name))
      ? []
      : [finding('groups-narrow', 'info', 'security.groups', { groups: names.join(', ') })]),
  ];
}
