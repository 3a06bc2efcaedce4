import { afterAll, describe, expect, it } from 'vitest';
import type { Plan } from '../../../app/core/index.ts';
import { type Files, rolesFile } from './bundle.ts';
import { type Deployment, deploy } from './deployment.ts';
import { promised, unwelcome } from './expectations.ts';
import { type Figures, record } from './figures.ts';
import { unexpected } from './knocking.ts';
import { localWays } from './local-ways.ts';
import { inNamespace } from './namespace.ts';
import { verifyFrom } from './verify.ts';

/**
 * Declares the tests of a bundle on a real server: it loads, the right clients can connect, the wrong ones cannot.
 * `verified` chooses among the runs of verify.sh if the plan is proven on other majors too, which try the rest; `besides`
 * declares more tests of the same server, which run last.
 */
export function proveBundle(
  name: string,
  plan: Plan,
  files: () => Files,
  more: {
    readonly verified?: (run: number) => boolean;
    readonly besides?: (deployment: () => Deployment) => void;
  } = {},
): void {
  const { major } = plan.server;
  describe.skipIf(!inNamespace)(`${name} on PostgreSQL ${major}`, () => {
    let standing: Deployment | undefined;
    const figures: Figures = { plan: name, major, accepted: 0, refused: 0, verified: 0 };

    const deployment = (): Deployment => {
      if (!standing) throw new Error('the server does not stand: the first test says why');
      return standing;
    };

    // A test and not a hook, so that a bundle with which the server does not start counts as a failure.
    it('starts with the unmodified files, and runs roles.sql', async () => {
      standing = await deploy(plan, files());
    });

    afterAll(async () => {
      await standing?.stop();
      if (standing) record(figures);
    });

    it('reads every line of pg_hba.conf', async () => {
      const lines = await deployment().administrator.rows<{ type: string | null; error: string | null }>(
        'select * from pg_hba_file_rules',
      );
      expect(lines.length).toBeGreaterThan(0);
      // A record that 12 and later reject because of its option's value has no error text, only empty columns.
      expect(lines.filter(({ type, error }) => error !== null || type === null)).toEqual([]);
    });

    it('reads every setting', async () => {
      const errors = await deployment().administrator.rows('select * from pg_file_settings where error is not null');
      expect(errors).toEqual([]);
    });

    it('runs roles.sql a second time without an error', async () => {
      const again = await deployment().administrator.psql(rolesFile(files()).content);
      expect(again, again.stderr).toMatchObject({ code: 0 });
    });

    it('allows every client from its own networks', async () => {
      const trials = promised(plan);
      expect(await unexpected(deployment(), trials)).toEqual([]);
      figures.accepted += trials.filter(({ expected }) => expected === 'in').length;
    });

    it('rejects what the plan does not allow, with the reason', async () => {
      const trials = unwelcome(plan, major);
      expect(trials.length).toBeGreaterThan(0);
      expect(await unexpected(deployment(), trials)).toEqual([]);
      figures.refused += trials.length;
    });

    it('keeps local logins for the superuser and the clients of the socket', async () => {
      const { wrong, accepted, refused } = await localWays(deployment());
      expect(wrong).toEqual([]);
      figures.accepted += accepted;
      figures.refused += refused;
    });

    it(`is confirmed by its own verify.sh from ${more.verified ? 'some of the clients' : 'every client'}`, async () => {
      const { wrong, ran } = await verifyFrom(deployment(), files(), more.verified);
      expect(wrong).toEqual([]);
      figures.verified += ran;
    });

    more.besides?.(deployment);
  });
}
