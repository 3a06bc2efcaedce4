import { file, manual, says, test } from '../../source.ts';
import type { TargetPage } from '../page.ts';

const serviceFile = manual('libpq-pgservice', 'The Connection Service File');

export const servicePage: TargetPage = {
  id: 'service-file',
  title: 'pg_service.conf',
  summary: "Names for a client's connections, so that a program needs only service=name.",
  does: says(
    test('e2e/server/proofs/service-file.test.ts'),
    'One section for each connection, for every program that uses libpq.',
  ),
  doesNot: [
    ...says(manual('libpq-pgpass', 'The Password File'), 'Contain a password: ~/.pgpass does.'),
    ...says(serviceFile, 'Serve drivers that do not use libpq, unless they read the file themselves.'),
  ],
  undo: says(file('app/core/bundle/rollout/service.ts'), 'Remove ~/.pg_service.conf, or restore the previous file.'),
  pitfalls: says(
    serviceFile,
    'A parameter in the connection string overrides the file, and the file overrides the environment.',
  ),
};
