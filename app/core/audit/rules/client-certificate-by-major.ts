import { lineAt } from '../../postgres/hba/hba.ts';
import { fixesOf } from '../fixes.ts';
import { atRecord, type HbaRule } from '../rule.ts';

export const clientCertificateByMajor: HbaRule = {
  id: 'client-certificate-by-major',
  severity: 'warning',
  title: 'clientcert says something else in another major',
  why: 'PostgreSQL 11 takes clientcert=1 alone and silently ignores every other value; 12 and 13 take 1, verify-ca and verify-full; from 14 on 1 is refused with the whole file. verify-ca proves that a certificate is valid, verify-full that it is this user’s.',
  wrong: 'hostssl all all 10.0.0.0/8 scram-sha-256 clientcert=verify-ca',
  right: 'hostssl all all 10.0.0.0/8 scram-sha-256 clientcert=verify-full',
  references: [
    {
      title: 'PostgreSQL manual, Certificate Authentication',
      url: 'https://www.postgresql.org/docs/current/auth-cert.html',
    },
  ],
  *check({ hba, major }) {
    for (const placed of hba.records) {
      if (placed.record.method === 'cert') continue;
      const written = ((placed.file === undefined ? lineAt(hba, placed.line) : undefined)?.raw.match(
        /clientcert="?([a-z0-9-]+)/,
      ) ?? [])[1];
      if (written === undefined) continue;
      if (major === 11 && written !== '1')
        yield atRecord(placed, `PostgreSQL 11 ignores clientcert=${written}: no certificate is asked for.`);
      else if (major === 11 || (major < 14 && written === '1'))
        yield atRecord(
          placed,
          'clientcert=1 is refused from PostgreSQL 14 on, with the whole file; verify-ca is its name there.',
        );
      else if (written === 'verify-ca')
        yield atRecord(
          placed,
          'Any valid certificate will do here, also that of another user.',
          ...fixesOf(undefined, ''),
        );
    }
  },
};
