import { hasSetting } from '../postgres/settings.ts';
import { issueAt, type PlanIssue } from './result.ts';
import type { Plan } from './schema.ts';
import { type Problem, problem, shown } from './text.ts';

/** The curves of `ssl_ecdh_curve` that TLS 1.3 knows too, by the short names that OpenSSL looks them up with (`be-secure-openssl.c`, `initialize_ecdh`). */
export const CURVES = ['prime256v1', 'secp384r1', 'secp521r1'] as const;

/** Other names of the same curves, which only a list (18 and later) accepts. */
const alias: Readonly<Record<string, string>> = {
  'P-256': 'prime256v1',
  secp256r1: 'prime256v1',
  'P-384': 'secp384r1',
  'P-521': 'secp521r1',
};

/** Answers about TLS that the server's major does not support. */
export function tlsIssues(plan: Plan): PlanIssue[] {
  const { server, security } = plan;
  const issues: PlanIssue[] = [];
  const refuse = (path: string, found: Problem) => issues.push(issueAt(path.split('.'), found));
  const { major } = server;
  if (security.directTls && major < 17) refuse('security.directTls', problem('tls.direct', { major }));
  if (security.groups !== null && major < 18) {
    const found = oneCurve(security.groups, major);
    if (found) refuse('security.groups', found);
  }
  hostCertificates(plan, refuse);
  serverPaths(plan, refuse);
  return issues;
}

/** Outside of Windows, PostgreSQL takes a path with a drive letter for one relative to its data directory. */
function serverPaths({ server, security }: Plan, refuse: (path: string, found: Problem) => void): void {
  if (server.platform === 'windows') return;
  const { certificate, hostCertificates } = security;
  const pairs = [
    ...(certificate.source === 'existing' ? [['security.certificate', certificate] as const] : []),
    ...hostCertificates.map((pair, index) => [`security.hostCertificates.${index}`, pair] as const),
  ];
  for (const [path, pair] of pairs) {
    for (const [name, example] of [
      ['certificateFile', '/etc/ssl/certs/db.crt'],
      ['keyFile', '/etc/ssl/private/db.key'],
    ] as const) {
      const value = pair[name];
      if (!value.startsWith('/')) refuse(`${path}.${name}`, problem('path.syntax', { value: shown(value), example }));
    }
  }
}

/** Each name has one certificate, and the names of the plan itself have the server's own. */
function hostCertificates(plan: Plan, refuse: (path: string, found: Problem) => void): void {
  const { server, security } = plan;
  const { hostCertificates: found, certificate } = security;
  const list = 'security.hostCertificates';
  if (found[0] && !hasSetting('ssl_sni', server.major))
    refuse(list, problem('hosts.major', { value: shown(found[0].name), major: server.major }));
  const own = new Set(ownNames(plan).map((name) => name.toLowerCase()));
  const seen = new Set<string>();
  for (const [index, { name, certificateFile }] of found.entries()) {
    const key = name.toLowerCase();
    const value = shown(name);
    if (own.has(key)) refuse(`${list}.${index}.name`, problem('hosts.own', { value }));
    if (seen.has(key)) refuse(`${list}.${index}.name`, problem('hosts.twice', { value }));
    seen.add(key);
    if (certificate.source === 'existing' && certificate.certificateFile === certificateFile)
      refuse(`${list}.${index}.certificateFile`, problem('hosts.same', { value: shown(certificateFile), name: value }));
  }
}

/** The names by which the clients of the plan reach the server: an SSH forward ends at `localhost`. */
const ownNames = ({ server, network }: Plan): string[] => [
  ...(server.name === null ? [] : [server.name]),
  ...(network.pattern === 'bastion' ? [network.name, 'localhost'] : []),
];

function oneCurve(groups: string, major: number): Problem | undefined {
  const names = groups.split(':').map((name) => alias[name] ?? name);
  const known = names.find((name) => CURVES.some((curve) => curve === name));
  const values = { value: shown(groups), major, choices: CURVES.join(', '), fix: known ?? CURVES[0] };
  if (names.length > 1) return problem('tls.oneGroup', values, values.fix);
  return groups === known ? undefined : problem('tls.curve', values, values.fix);
}
