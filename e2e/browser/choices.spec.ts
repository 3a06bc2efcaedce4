import { expect, test } from '@playwright/test';
import { Wizard } from './wizard.ts';

test('a firewall is chosen by platform, and its files are added and removed with it', async ({ page }) => {
  const wizard = new Wizard(page);
  await wizard.open();
  await wizard.step('Security');
  await page.getByRole('button', { name: 'Firewall', exact: true }).first().click();
  await page.getByRole('radio', { name: /^nftables/ }).check();
  await wizard.tab('All files');
  await expect(wizard.result().getByText('/etc/postern/postern.nft')).toBeVisible();
  await expect(wizard.result().getByRole('button', { name: /^Copy .*ufw\.sh/ })).toHaveCount(0);
  await wizard.field('New connections per minute and address').fill('90');
  await wizard.noProblems();

  await wizard.step('Server');
  await wizard.field('Platform').selectOption('rhel');
  await wizard.step('Security');
  await page.getByRole('button', { name: 'Firewall', exact: true }).first().click();
  await expect(page.getByRole('radio', { name: /^nftables/ })).toBeChecked();
  await expect(page.getByRole('radio', { name: /^ufw/ })).toHaveCount(0);
});

test('a cloud asks for its settings, and produces its rules', async ({ page }) => {
  const wizard = new Wizard(page);
  await wizard.openOwn('Direct');
  await wizard.step('Security');
  await page.getByRole('button', { name: 'Cloud', exact: true }).first().click();
  await page.getByRole('radio', { name: /^AWS/ }).check();
  await expect(page.getByText('Required.', { exact: true })).toHaveCount(0);
  await wizard.field('VPC ID').fill('vpc-0123456789abcdef0');
  await page.getByRole('radio', { name: 'Terraform' }).check();
  // The address is the provider's: the plan has to say so.
  await wizard.step('Network');
  await page.getByLabel('The public address belongs to a router or cloud (NAT)').check();
  await wizard.add('Private addresses', '10.0.2.10', '2001:2:0:10::10');
  await wizard.noProblems();
  await wizard.tab('All files');
  await expect(wizard.result().getByText('your-machine/cloud/postern.tf')).toBeVisible();
});

test('clients connect through a proxy on the bastion', async ({ page }) => {
  const wizard = new Wizard(page);
  await wizard.openOwn('Bastion');
  await wizard.step('Network');
  await page.getByRole('button', { name: 'Proxy', exact: true }).first().click();
  await page.getByRole('radio', { name: /^HAProxy/ }).check();
  await wizard.noProblems();
  await wizard.tab('All files');
  await expect(wizard.result().getByText('haproxy.cfg').first()).toBeVisible();
});

test('a certificate for another host name is offered for 19, and rejected with a wildcard and for older versions', async ({
  page,
}) => {
  const wizard = new Wizard(page);
  await wizard.openOwn('Direct');
  const tls = async () => {
    await wizard.step('Security');
    await page.getByRole('button', { name: 'TLS', exact: true }).first().click();
  };
  await tls();
  const add = page.getByRole('button', { name: 'Add host name' });
  await expect(add).toHaveCount(0);
  await wizard.step('Server');
  await wizard.field('PostgreSQL version').selectOption('19');
  await tls();
  await add.click();
  await wizard.field('Host name').fill('*.postern.test');
  const entry = page.getByRole('region', { name: 'Certificates for further host names (pg_hosts.conf)' });
  await expect(entry).toContainText('"*.postern.test" matches no client');
  await wizard.field('Host name').fill('orders.postern.test');
  await entry.getByLabel('Certificate file', { exact: true }).fill('/etc/ssl/certs/orders.crt');
  await entry.getByLabel('Key file', { exact: true }).fill('/etc/ssl/private/orders.key');
  await wizard.noProblems();
  await wizard.tab('All files');
  await expect(wizard.result().getByText('/etc/postgresql/19/main/pg_hosts.conf').first()).toBeVisible();

  await wizard.step('Server');
  await wizard.field('PostgreSQL version').selectOption('18');
  await tls();
  await expect(entry).toContainText('PostgreSQL 18 presents the same certificate to every client');
  await entry.getByRole('button', { name: 'Remove orders.postern.test' }).click();
  await wizard.noProblems();
});

test('a client logs in with OAuth tokens of listed users, and its files say so', async ({ page }) => {
  const wizard = new Wizard(page);
  await wizard.openOwn('Direct');
  await wizard.step('Clients');
  await wizard.field('Authentication method').selectOption('oauth');
  await wizard.field('Issuer').fill('http://login.acme.test');
  await expect(page.getByText(/is not the identifier of an issuer/).first()).toBeVisible();
  await wizard.field('Issuer').fill('https://login.acme.test/.well-known/openid-configuration');
  await expect(page.getByText(/is the address of a discovery document/).first()).toBeVisible();
  await wizard.field('Issuer').fill('https://login.acme.test');
  await wizard.field('Validator library (oauth_validator_libraries)').fill('pg_oidc_validator');
  await page.getByRole('radio', { name: /^Listed users/ }).check();
  await wizard.add('Users', 'maria@acme.test');
  await wizard.noProblems();
  await wizard.tab('All files');
  await expect(wizard.result().getByText('pg_ident.conf').first()).toBeVisible();
  await wizard.step('Review');
  await expect(page.getByRole('main').getByText(/ with an OAuth token of maria@acme\.test over TLS/)).toBeVisible();
  await wizard.step('Server');
  await wizard.field('PostgreSQL version').selectOption('17');
  await wizard.step('Clients');
  await expect(page.getByText(/PostgreSQL 17 does not support OAuth/).first()).toBeVisible();
});
