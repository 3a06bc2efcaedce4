import type { AccessModel } from '../../access/model.ts';
import { proxyOf } from '../../plan/ways.ts';
import { asksCertificates, serverTlsPaths } from '../tls/paths.ts';
import { type Finding, finding } from './finding.ts';

/** What is worth knowing about TLS beyond what the plan's door refuses. */
export function tlsFindings(model: AccessModel): Finding[] {
  return [...negotiation(model), ...groups(model), ...revocation(model)];
}

function negotiation({ plan, clients }: AccessModel): Finding[] {
  const pooled = clients.some(({ client }) => proxyOf(plan, client.via)?.kind === 'pgbouncer');
  if (!plan.security.directTls || !pooled) return [];
  return [finding('direct-pooler', 'note', 'security.directTls', {}, ['github.com/pgbouncer/pgbouncer, 1359'])];
}

function revocation(model: AccessModel): Finding[] {
  const path = 'security.certificate.revocation';
  const someone = asksCertificates(model);
  if (serverTlsPaths(model).crl !== null)
    return [someone ? finding('revocation-expires', 'warning', path) : finding('revocation-nobody', 'note', path)];
  return someone ? [finding('no-revocation', 'note', 'security.certificate')] : [];
}

/** P-256 by each of its names. */
const common = new Set(['prime256v1', 'P-256', 'secp256r1']);

function groups({ plan }: AccessModel): Finding[] {
  const { groups: list } = plan.security;
  if (list === null) return [];
  const names = list.split(':');
  const hybrid = names.find((name) => /MLKEM/i.test(name));
  return [
    ...(hybrid === undefined
      ? []
      : [
          finding('groups-hybrid', 'warning', 'security.groups', { group: hybrid, openssl: '3.5' }, [
            'openssl.org, 3.5',
          ]),
        ]),
    ...(names.some((name) => common.has(name))
      ? []
      : [finding('groups-narrow', 'note', 'security.groups', { groups: names.join(', ') })]),
  ];
}
