import type { Reference } from './rule.ts';

const items = 'https://www.tenable.com/audits/items';

/** Recommendations of the CIS Benchmarks that our rules also check, with the release whose numbering they use. */
export const CIS: Readonly<Record<'hostLogin' | 'oldTls' | 'logConnections', Reference>> = {
  hostLogin: {
    title: 'CIS PostgreSQL 17 Benchmark v1.0.0, 5.4 (login via host TCP/IP socket)',
    url: `${items}/CIS_PostgreSQL_17_v1.0.0_L1_Database.audit:99728a98b49bdf160d2d5067d14d4c4c`,
  },
  oldTls: {
    title:
      'CIS PostgreSQL 14 Benchmark v1.2.0, 6.9 (TLS 1.0 and 1.1 disabled; the one for PostgreSQL 17 requires TLS 1.3)',
    url: `${items}/CIS_PostgreSQL_14_v1.2.0_L1_Database.audit:7b342373f1d4a5dd7f0ecbf5a683cded`,
  },
  logConnections: {
    title: 'CIS PostgreSQL 15 Benchmark v1.1.0, 3.1.20 (log_connections enabled)',
    url: `${items}/CIS_PostgreSQL_15_v1.1.0_L1_Database.audit:0e4238a029bb2d90825e8b498708ac6c`,
  },
};
