import type { SeenInLog } from './seen.ts';

/**
 * What a log lacks. `connections`: no connection is logged (`log_connections`). `successful`: attempts are logged,
 * but none that succeeded. `process`: the lines of concurrent
 * connections can't be told apart (`%p` or `%c` in `log_line_prefix`). `time`: no period (`%m` or `%t`). `addresses`:
 * host names instead of addresses (`log_hostname`). `method`: neither method nor rule, which PostgreSQL logs since 14.
 */
export type MissingInLog = 'connections' | 'successful' | 'process' | 'time' | 'addresses' | 'method';

/** What a log lacks to show every connection with its rule. */
export function missingInLog({ has, records }: Pick<SeenInLog, 'has' | 'records'>): readonly MissingInLog[] {
  if (records === 0) return ['connections'];
  return [
    ...(has.received || has.authorized ? [] : (['connections'] as const)),
    ...(has.received && !has.authorized ? (['successful'] as const) : []),
    ...(has.process ? [] : (['process'] as const)),
    ...(has.time ? [] : (['time'] as const)),
    ...(has.hostNames ? (['addresses'] as const) : []),
    ...(has.authorized && !has.authenticated ? (['method'] as const) : []),
  ];
}
