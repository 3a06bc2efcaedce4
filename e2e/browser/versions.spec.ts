import { expect, test } from '@playwright/test';
import { ServerFiles } from './server-files.ts';
import { Wizard } from './wizard.ts';

test('a plan for 19 has the paths and the service of 19, and no version is offered that has not been tried', async ({
  page,
}) => {
  const wizard = new Wizard(page);
  await wizard.openOwn('Direct');
  await wizard.step('Server');
  const version = wizard.field('PostgreSQL version');
  await expect(version.getByRole('option').first()).toHaveText('19');
  await version.selectOption('19');
  await expect(page.getByText('PostgreSQL 19 gets updates until 2031-11-13.')).toBeVisible();
  await wizard.noProblems();
  await expect(wizard.result().getByText('/etc/postgresql/19/main/').first()).toBeVisible();
  await expect(wizard.result().getByText('/etc/postgresql/18/')).toHaveCount(0);
});

test('the audit reads files as 19 does, and names what stops the upgrade of an old version', async ({ page }) => {
  const files = new ServerFiles(page);
  await files.open('audit', 'Audit');
  await files.add({
    'pg_hba.conf': 'local all postgres peer\nhost all all 10.0.0.0/8 radius radiusservers=10.0.0.9 radiussecrets=x\n',
  });
  const version = page.getByLabel('PostgreSQL version');
  const findings = page.getByRole('region', { name: 'Findings' });
  const rejected = 'invalid authentication method "radius"';
  await version.selectOption('18');
  await expect(findings).not.toContainText(rejected);
  await version.selectOption('19');
  await expect(findings).toContainText(`PostgreSQL rejects this line: ${rejected}`);
  await version.selectOption('14');
  await expect(findings).toContainText('PostgreSQL 14 has received no fixes since 2026-11-12.');
  await expect(findings).toContainText(`pg_hba.conf, line 2 (${rejected})`);
});
