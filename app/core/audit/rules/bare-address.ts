import { fieldPlaces } from '../../postgres/hba/fields.ts';
import { lineAt } from '../../postgres/hba/hba.ts';
import type { HbaRule } from '../rule.ts';

export const bareAddress: HbaRule = {
  id: 'bare-address',
  severity: 'critical',
  title: 'An address without its prefix',
  why: 'Behind an address without a slash PostgreSQL expects a mask, takes the method for one, and refuses the whole file: a reload keeps the old rules, and the next start fails.',
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
      const method = /^invalid IP mask "([^"]*)"/.exec(error ?? '')?.[1];
      if (method === undefined) continue;
      const raw = file === undefined ? (lineAt(hba, line)?.raw ?? '') : '';
      const text = raw.replace(/[\r\n]+$/, '');
      const place = fieldPlaces(text)[3];
      const address = place ? text.slice(place.from, place.to) : '';
      const full = address.includes(':') ? 128 : 32;
      yield {
        file: 'pg_hba.conf',
        line,
        ...(file === undefined ? {} : { included: file }),
        message: `The server takes “${method}” for a mask and refuses the whole file: ${error}.`,
        ...(place && !text.includes('\n')
          ? {
              fix: {
                title: `Write ${address}/${full}`,
                file: 'pg_hba.conf',
                edits: [{ kind: 'replace', line, text: `${text.slice(0, place.to)}/${full}${text.slice(place.to)}` }],
              },
            }
          : {}),
      };
    }
  },
};
