import type { AccessModel } from '../../model/model.ts';
import { type Finding, finding } from './finding.ts';

/** Alphabets with letters that look like those of another. */
const ALPHABETS = [
  ['Latin', /\p{Script=Latin}/u],
  ['Cyrillic', /\p{Script=Cyrillic}/u],
  ['Greek', /\p{Script=Greek}/u],
  ['Armenian', /\p{Script=Armenian}/u],
  ['Cherokee', /\p{Script=Cherokee}/u],
] as const;

/** Names that look the same to a reader, but differ for the server. */
export function lookalikeFindings({ plan, clients }: AccessModel): Finding[] {
  const looks = new Map([[plan.server.superuser.normalize('NFKC'), plan.server.superuser]]);
  const { network } = plan;
  const others = [
    ...(network.pattern === 'private' && network.replicas.length > 0
      ? [{ name: network.replicationRole, at: 'network.replicationRole' }]
      : []),
    ...(network.pattern === 'bastion' && network.proxy.kind === 'pgbouncer'
      ? [{ name: network.proxy.authRole, at: 'network.proxy.authRole' }]
      : []),
  ];
  const ofClients = clients.flatMap(({ client, path }) => [
    ...client.roles.map((name, index) => ({ name, at: `${path}.roles.${index}` })),
    ...(client.databases === 'all'
      ? []
      : client.databases.map((name, index) => ({ name, at: `${path}.databases.${index}` }))),
  ]);
  return [...others, ...ofClients].flatMap(({ name, at }): Finding[] => {
    const look = name.normalize('NFKC');
    const other = looks.get(look);
    if (other === undefined) looks.set(look, name);
    if (other !== undefined && other !== name) return [finding('same-look', 'medium', at, { name, other })];
    const alphabets = ALPHABETS.filter(([, letters]) => letters.test(name)).map(([alphabet]) => alphabet);
    return alphabets.length > 1
      ? [finding('mixed-alphabets', 'medium', at, { name, alphabets: alphabets.join(' and ') })]
      : [];
  });
}
