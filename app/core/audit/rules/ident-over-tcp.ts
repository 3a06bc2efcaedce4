import { sourceText } from '../../postgres/hba/network.ts';
import { CIS } from '../cis.ts';
import { fixesOf } from '../fixes.ts';
import { recordText } from '../record-text.ts';
import { atRecord, type HbaRule } from '../rule.ts';

export const identOverTcp: HbaRule = {
  id: 'ident-over-tcp',
  severity: 'critical',
  title: 'The client’s machine says who it is',
  why: 'ident asks a service on the client’s machine for the name of its user. Whoever controls that machine, or the way to it, answers what he likes.',
  wrong: 'host all all 10.0.0.0/8 ident',
  right: 'hostssl all all 10.0.0.0/8 scram-sha-256',
  references: [
    {
      title: 'PostgreSQL manual, Ident Authentication',
      url: 'https://www.postgresql.org/docs/current/auth-ident.html',
    },
    CIS.hostLogin,
  ],
  *check({ hba }) {
    for (const placed of hba.records) {
      if (placed.record.method !== 'ident') continue;
      yield atRecord(
        placed,
        `Any machine in ${sourceText(placed.record)} may say who its user is.`,
        ...fixesOf(recordText(hba, placed, { method: 'scram-sha-256' }), 'Ask for a password (SCRAM)'),
      );
    }
  },
};
