import { accountNamed } from './accounts.ts';
import { must } from './command.ts';

const folder = '/var/log/postgresql';

/** Debian's folder of logs as a new cluster finds it: writable by the server, and without logs of others. */
export function freshLogFolder(): void {
  must('rm', ['-rf', folder]);
  must('mkdir', ['-p', folder]);
  must('chown', [String(accountNamed('postgres').uid), folder]);
}
