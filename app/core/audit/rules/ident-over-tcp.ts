import { sourceText } from '../../postgres/hba/network.ts';
import { CIS } from '../cis.ts';

import { methodFix } from '../fixes.ts';
import { recordText } from '../record-text.ts';
import { atRecord, type HbaRule } from '../rule.ts';

export const identOverTcp: HbaRule = {
  id: 'ident-over-tcp',
  severity: 'critical',
  title: "ident trusts the client's host",
  why: "ident asks a service on the client's host for the name of its user. Anyone who controls that host, or the network path to it, can answer with any name.",
  wrong: 'host all all 10.0.0.0/8 ident',
  right: 'hostssl all all 10.0.0.0/8 scram-sha-256',
  references: [
    {
      title: 'PostgreSQL manual, Ident Authentication',
      url: 'https://www.postgresql.org/docs/current/auth-ident.html',
    },
    CIS.hostLogin,
  ],
  near: true,
  *check({ hba }) {
    for (const placed of hba.records) {
      if (placed.record.method !== 'ident') continue;
      yield atRecord(
        placed,
        `Any host in ${sourceText(placed.record)} can claim to be any user.`,
        methodFix(recordText(hba, placed, { method: 'scram-sha-256', options: '' }), 'Require a password (SCRAM)', [
          'password-without-tls',
        ]),
      );
    }
  },
};
