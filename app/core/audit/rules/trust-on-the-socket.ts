import { mayDecide } from '../../hba-analysis/reachability.ts';
import { methodFix } from '../fixes.ts';
import { recordText } from '../record-text.ts';
import { atRecord, type HbaRule } from '../rule.ts';

export const trustOnTheSocket: HbaRule = {
  id: 'trust-on-the-socket',
  severity: 'medium',
  title: 'Programs on the server can connect without authentication',
  why: 'trust on the Unix-domain socket requires no authentication: every operating system account that can open the socket can connect as any role the rule names, including the superuser, who can run programs as the server’s account. Any compromised service on the host gets the whole database.',
  wrong: 'local all all trust',
  right: 'local all all peer',
  references: [
    {
      title: 'PostgreSQL manual, Trust Authentication',
      url: 'https://www.postgresql.org/docs/current/auth-trust.html',
    },
  ],
  near: true,
  *check({ hba, reach }) {
    const reached = reach();
    for (const [index, placed] of hba.records.entries()) {
      const { type, method } = placed.record;
      if (type !== 'local' || method !== 'trust' || !mayDecide(reached[index])) continue;
      const replacement = recordText(hba, placed, { method: 'peer', options: '' });
      yield atRecord(
        placed,
        'Every account on the server can connect through this rule without a password. In a container, these are the accounts of the container.',
        methodFix(replacement, 'Require the operating system account of the same name (peer)'),
      );
    }
  },
};
