import type { Plan } from '../../../app/core/index.ts';
import { accountNamed } from './accounts.ts';
import { type Ran, run } from './command.ts';
import type { Layout } from './layout.ts';
import { superuserPassword } from './template.ts';

/** The superuser on the server itself, with the platform's local login. */
export interface Administrator {
  /** Runs SQL with psql and stops at the first error. */
  readonly psql: (sql: string, database?: string) => Promise<Ran>;
  /** Runs SQL that must succeed. */
  readonly must: (sql: string, database?: string) => Promise<void>;
  /** The rows of a query. */
  readonly rows: <Row>(query: string, database?: string) => Promise<Row[]>;
}

export function administrator(plan: Plan, layout: Layout): Administrator {
  const { superuser, port } = plan.server;
  const psql = (sql: string, database = 'postgres') =>
    run('psql', ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-f', '-'], {
      as: accountNamed(layout.account),
      input: sql,
      env: {
        PGHOST: layout.socketDirectory ?? '127.0.0.1',
        PGPORT: String(port),
        PGUSER: superuser,
        PGDATABASE: database,
        PGCONNECT_TIMEOUT: '10',
        // The local socket must require no password if the platform has one.
        ...(layout.socketDirectory ? {} : { PGPASSWORD: superuserPassword }),
      },
    });
  const must = async (sql: string, database?: string) => {
    const { code, stdout, stderr } = await psql(sql, database);
    if (code !== 0) throw new Error(`psql ended with exit code ${code} for\n${sql}\n\n${stdout}${stderr}`);
    return stdout;
  };
  return {
    psql,
    must: async (sql, database) => {
      await must(sql, database);
    },
    rows: async <Row>(query: string, database?: string) =>
      JSON.parse(await must(`select coalesce(json_agg(q), '[]') from (${query}) q`, database)) as Row[],
  };
}

/** A name as SQL writes it, with any content. */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A text as SQL writes it. */
export const literal = (text: string): string => ` E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
