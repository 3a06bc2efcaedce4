import { closeSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { defaultPlan, generate } from '../../../app/core/index.ts';
import { fileAt } from '../harness/bundle.ts';
import { must, run } from '../harness/command.ts';
import { conforms } from '../harness/conformance.ts';
import { freshLogFolder } from '../harness/log-folder.ts';
import { inNamespace } from '../harness/namespace.ts';
import { own } from '../harness/places.ts';
import { valid } from '../harness/plans.ts';
import { place } from '../harness/writable.ts';

const RULE = '/etc/logrotate.d/postern-postgresql';
const LOG = '/var/log/postgresql/postgresql-18-main.json';

describe.skipIf(!inNamespace)('the rule for logrotate', () => {
  it('truncates the JSON log while the server has it open, and keeps its content', async () => {
    const start = defaultPlan('direct');
    const plan = valid({ ...start, monitoring: { ...start.monitoring, log: 'jsonlog' } }, 'jsonlog');
    // Another proof may have left it, owned by the server; logrotate would not read it then.
    must('rm', ['-f', RULE]);
    place(RULE, fileAt(generate(plan).files, 'database-server/logrotate.conf').content, 0o644);
    freshLogFolder();
    const held = openSync(LOG, 'a');
    try {
      writeSync(held, '{"before":1}\n');
      const rotated = await run('logrotate', ['--verbose', '--force', '--state', `${own}/logrotate.state`, RULE]);
      expect(rotated, rotated.stderr).toMatchObject({ code: 0 });
      expect(rotated.stderr).not.toMatch(/error|warning/i);
      expect(statSync(LOG).size).toBe(0);
      writeSync(held, '{"after":1}\n');
    } finally {
      closeSync(held);
    }
    expect(readFileSync(`${LOG}.1`, 'utf8')).toBe('{"before":1}\n');
    expect(readFileSync(LOG, 'utf8')).toBe('{"after":1}\n');
    conforms({
      target: 'Log settings, logrotate',
      files: ['logrotate.conf'],
      judgedBy: must('sh', ['-c', 'logrotate --version 2>&1']).split('\n')[0] ?? 'logrotate',
      tried: 'a log that is held open, emptied and kept',
      plans: 1,
      cases: 2,
    });
  });
});
