import { type Hba, lineAt, type PlacedRecord } from '../../postgres/hba/hba.ts';
import { atRecord, type HbaRule } from '../rule.ts';
import { writtenOptions } from '../written-options.ts';

/** These disable the check in 11 to 13, and are intended to. */
const OFF = ['0', 'no-verify'];

/** Reading the options of a line as written takes longer than looking for the word in it. */
const mayNameIt = (hba: Hba, { file, line }: PlacedRecord): boolean =>
  file !== undefined || (lineAt(hba, line)?.raw.includes('clientcert') ?? true);

export const clientCertificateByMajor: HbaRule = {
  id: 'client-certificate-by-major',
  severity: 'medium',
  title: 'clientcert means something else in another version',
  why: 'PostgreSQL 11 accepts only clientcert=1 and silently ignores every other value. Versions 12 and 13 accept 1, verify-ca and verify-full. From version 14 on, PostgreSQL rejects 1 and the whole file with it. verify-ca proves that a certificate is valid; verify-full proves that it belongs to this user.',
  wrong: 'hostssl all all 10.0.0.0/8 scram-sha-256 clientcert=verify-ca',
  right: 'hostssl all all 10.0.0.0/8 scram-sha-256 clientcert=verify-full',
  references: [
    {
      title: 'PostgreSQL manual, Certificate Authentication',
      url: 'https://www.postgresql.org/docs/current/auth-cert.html',
    },
  ],
  near: true,
  *check({ hba, major }) {
    for (const placed of hba.records) {
      if (placed.record.method === 'cert' || !mayNameIt(hba, placed)) continue;
      const written = writtenOptions(hba, placed).get('clientcert');
      if (written === undefined || OFF.includes(written)) continue;
      if (major === 11 && written !== '1')
        yield atRecord(placed, `PostgreSQL 11 ignores clientcert=${written}, so it doesn't request a certificate.`);
      else if (written === '1')
        yield atRecord(
          placed,
          'From PostgreSQL 14 on, clientcert=1 is an error and the whole file is rejected. Use verify-ca there instead.',
        );
      else if (written === 'verify-ca')
        yield atRecord(placed, 'Any valid client certificate is accepted here, including one issued to another user.');
    }
  },
};
