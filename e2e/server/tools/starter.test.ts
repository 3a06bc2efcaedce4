import { describe, expect, it } from 'vitest';
import { accountNamed } from '../harness/accounts.ts';
import { must, run } from '../harness/command.ts';
import { inNamespace } from '../harness/namespace.ts';
import { own } from '../harness/places.ts';

describe.skipIf(!inNamespace)('the process that starts the programs of the tests', () => {
  it('gives a program its input, folder and environment, and returns what it printed', async () => {
    const script = 'pwd; echo "$COLOR"; cat; echo "café" >&2; exit 3';
    const ran = await run('sh', ['-c', script], { cwd: '/etc', env: { COLOR: 'green' }, input: 'two\nlines' });
    expect(ran).toEqual({ code: 3, stdout: '/etc\ngreen\ntwo\nlines', stderr: 'café\n' });
    expect(must('cat', [], 'x'.repeat(300_000))).toHaveLength(300_000);
  });

  it('runs several at a time, and one that must succeed in between', async () => {
    const pipe = `${own}/starter-pipe`;
    must('mkfifo', [pipe]);
    const reader = run('cat', [pipe]);
    must('true', []);
    const writer = run('sh', ['-c', `echo hello >${pipe}`]);
    expect([(await reader).stdout, (await writer).code]).toEqual(['hello\n', 0]);
  });

  it('starts it as an account, without the groups of root', async () => {
    const account = accountNamed('postgres');
    const { stdout } = await run('sh', ['-c', 'id -u; id -G'], { as: account });
    expect(stdout).toBe(`${account.uid}\n${account.gid}\n`);
  });

  it('passes on nothing that is open', async () => {
    const { stdout } = await run('sh', ['-c', 'ls /proc/$$/fd']);
    expect(stdout.trim().split('\n')).toEqual(['0', '1', '2']);
  });

  it('ends a program after its limit', async () => {
    expect((await run('sleep', ['60'], { limit: 0.2 })).code).toBe(124);
  });

  it('says what it cannot start, and how a program failed', async () => {
    await expect(run('postern-no-such-program', [])).rejects.toThrow('postern-no-such-program: No such file');
    expect(() => must('postern-no-such-program', [])).toThrow('postern-no-such-program: No such file');
    expect(() => must('sh', ['-c', 'echo why >&2; exit 1'])).toThrow('failed: why');
    expect((await run('sh', ['-c', 'kill -9 $$'])).code).toBe(1);
  });
});
