import { width } from '../../net/prefix.ts';
import { numericAddress } from '../../postgres/hba/address.ts';
import { fieldPlaces } from '../../postgres/hba/fields.ts';
import { lineAt } from '../../postgres/hba/hba.ts';
import { METHODS } from '../../postgres/hba/record.ts';
import type { HbaRule } from '../rule.ts';

export const bareAddress: HbaRule = {
  id: 'bare-address',
  severity: 'high',
  title: 'Address without a prefix length',
  why: 'After an address without a slash, PostgreSQL expects a netmask. It reads the authentication method as the mask and rejects the whole file: a reload keeps the old rules, and the next start fails.',
  wrong: 'hostssl all all 203.0.113.7 scram-sha-256',
  right: 'hostssl all all 203.0.113.7/32 scram-sha-256',
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
  *check({ hba }) {
    for (const { line, file, error } of hba.refused) {
      const method = /^invalid IP mask "(.*)"/s.exec(error ?? '')?.[1];
      if (method === undefined) continue;
      const raw = file === undefined ? (lineAt(hba, line)?.raw ?? '') : '';
      const text = raw.replace(/[\r\n]+$/, '');
      const place = fieldPlaces(text, hba.major)[3];
      const address = place ? text.slice(place.from, place.to).replaceAll('"', '') : '';
      const host = numericAddress(address);
      const meant =
        place && host ? `${text.slice(0, place.to)}/${width(host.family)}${text.slice(place.to)}` : undefined;
      yield {
        file: 'pg_hba.conf',
        line,
        ...(file === undefined ? {} : { included: file }),
        message: `PostgreSQL reads “${method}” as a netmask and rejects the whole file: ${error}.`,
        ...(host && meant !== undefined && isMethod(method) && !text.includes('\n')
          ? {
              fix: {
                title: `Change to ${address}/${width(host.family)}`,
                file: 'pg_hba.conf',
                edits: [{ kind: 'replace', line, text: meant }],
                reads: true,
                promise: { kind: 'adds', rules: [{ line, text: meant }] },
                leaves: ['no-way-for-the-administrator'],
              },
            }
          : {}),
      };
    }
  },
};

/** A mistyped mask is not a missing prefix. */
const isMethod = (word: string): boolean => METHODS.some((method) => method === word);
