import { accountNamed } from './accounts.ts';
import { must } from './command.ts';

const folder = '/var/log/postgresql';

/** Debian's log directory as a new cluster finds it: writable by the server, and without other logs. */
export function freshLogFolder(): void {
  must('rm', ['-rf', folder]);
  must('mkdir', ['-p', folder]);
  must('chown', [String(accountNamed('postgres').uid), folder]);
}
