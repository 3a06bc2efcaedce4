import type { Host } from './host.ts';

/** A role with earlier access to the server: logs in before the change, and must be able to after it is undone. */
export const addGuest = (host: Host, port: number): Promise<string> =>
  host.must(`cd /\nsudo -u postgres psql -q -p ${port} -c "create role guest login password 'from before'"`);

/** The guest's role as the server reports it; throws if the login is rejected. */
export const guestLogsIn = (host: Host, port: number): Promise<string> =>
  host.must(
    `PGPASSWORD='from before' psql -XAtq -h 127.0.0.1 -p ${port} -U guest -d postgres -c 'select current_user'`,
  );
