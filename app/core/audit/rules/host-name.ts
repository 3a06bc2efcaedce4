import { atRecord, type HbaRule } from '../rule.ts';

export const hostName: HbaRule = {
  id: 'host-name',
  severity: 'low',
  title: 'A host name rule depends on DNS',
  why: "PostgreSQL looks up the name of the client's address and then the addresses of that name; the two must agree. A missing or slow reverse zone makes logins fail or delays them, and anyone who controls the zone controls access.",
  wrong: 'hostssl all all app.example.com scram-sha-256',
  right: 'hostssl all all 203.0.113.7/32 scram-sha-256',
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
  near: true,
  *check({ hba }) {
    for (const placed of hba.records) {
      const { address } = placed.record;
      if (address?.kind !== 'name') continue;
      const odd = !/^\.?[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.?$/.test(address.name) || /^[0-9.]+$/.test(address.name);
      yield atRecord(
        placed,
        odd
          ? `PostgreSQL reads “${address.name}” as a host name, and no host can have that name, so the rule matches no client.`
          : `The rule matches only while reverse and forward DNS of ${address.name} agree.`,
      );
    }
  },
};
