import { must } from '../../server/harness/command.ts';

const families = ['iptables', 'ip6tables'] as const;

/** A firewall of the administrator's own, in both families, that a rollback must leave exactly as it was. */
export function administratorsFirewall(): void {
  const rules = `*filter
:INPUT DROP [0:0]
:FORWARD DROP [0:0]
:OUTPUT ACCEPT [0:0]
:MINE - [0:0]
-A INPUT -i lo -j ACCEPT
-A INPUT -j MINE
-A MINE -p tcp -m tcp --dport 22 -j ACCEPT
COMMIT
`;
  for (const tool of families) must(`${tool}-restore`, [], rules);
}

/** Chains, policies and rules of both families, without counters. */
export const filterRules = (): string[] =>
  families.flatMap((tool) =>
    must(`${tool}-save`, ['-t', 'filter'])
      .replaceAll(/ \[\d+:\d+\]/g, '')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => `${tool} ${line}`),
  );
