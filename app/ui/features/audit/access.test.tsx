// @vitest-environment happy-dom
import { within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { accessSummary, audit, parseHba, ReachabilityCache } from '../../../core/index.ts';
import type { AccessView } from '../../../worker/engine.worker.ts';
import { t } from '../../shared/messages/translate.ts';
import { screen, show } from '../../shared/testing/component.tsx';
import { Access } from './Access.tsx';

function accessOf(text: string, more: Partial<AccessView> = {}): AccessView {
  const hba = parseHba(text, { major: 18 });
  const cache = new ReachabilityCache();
  audit({ hba, major: 18, reach: cache.reach });
  return { ...accessSummary(hba, cache.last), refusals: 0, onlyLocal: false, ...more };
}

const said = () => screen.getAllByRole('listitem').map(({ textContent }) => textContent);

it.each([
  [
    'host all all all trust',
    'No password: Any address can connect to all databases as any role without a password, with TLS optional (line 1).',
  ],
  [
    'hostssl orders,reports app ::/0 scram-sha-256',
    'Exposed: Any IPv6 address can connect to orders and reports as app with a password (scram-sha-256), over TLS (line 1).',
  ],
  [
    'hostssl replication backup 10.8.0.5/32 cert',
    'Private network 10.8.0.5/32 can connect to physical replication as backup with a client certificate (cert), over TLS (line 1).',
  ],
  [
    'host all +ops .example.com ident',
    'No password: Hosts named .example.com can connect to all databases as members of ops with a user name that the client host vouches for (ident), with TLS optional (line 1).',
  ],
  [
    'hostgssenc all all samenet gss',
    "Hosts in the server's own subnets (samenet) can connect to all databases as any role with gss, with GSSAPI encryption (line 1).",
  ],
  [
    'hostnossl all all 203.0.113.0/24 pam',
    'Exposed: Public network 203.0.113.0/24 can connect to all databases as any role with a password that the server sees (pam), unencrypted (line 1).',
  ],
])('%s is described in one sentence', (rule, sentence) => {
  show(<Access access={accessOf(rule)} outdated={false} onShow={vi.fn()} />);
  expect(said()).toEqual([sentence]);
});

it('names a few of many sources, and links to the lines', async () => {
  const onShow = vi.fn();
  const rules = Array.from({ length: 9 }, (_, index) => `hostssl orders app 10.${index}.0.0/16 scram-sha-256`);
  const user = show(<Access access={accessOf(rules.join('\n'))} outdated={false} onShow={onShow} />);
  expect(said()[0]).toContain('Private networks 10.0.0.0/16, 10.1.0.0/16, 10.2.0.0/16, and 6 more can connect');
  expect(said()[0]).toContain('(line 1, line 2, line 3, 6 more)');
  await user.click(screen.getByRole('button', { name: 'line 2' }));
  expect(onShow).toHaveBeenCalledWith({ name: 'pg_hba.conf', line: 2 });
});

it('lists the worst six, then more on request, and sends the reader to the map for the rest', async () => {
  const rules = Array.from({ length: 70 }, (_, index) => `hostssl d${index} app 10.0.0.0/8 scram-sha-256`);
  const access = accessOf(['local all all peer', ...rules, 'host all all all trust'].join('\n'));
  const user = show(<Access access={access} outdated={false} onShow={vi.fn()} />);
  expect(said()).toHaveLength(6);
  expect(said()[0]).toContain('Any address');
  await user.click(screen.getByRole('button', { name: t('audit.more', { rest: 66 }) }));
  expect(said()).toHaveLength(26);
  for (const rest of [46, 26]) await user.click(screen.getByRole('button', { name: t('audit.more', { rest }) }));
  expect(said()).toHaveLength(60);
  expect(screen.getByText(t('access.mapAll', { rest: 12 }))).toBeTruthy();
  expect(screen.getByRole('link', { name: t('access.map') }).getAttribute('href')).toContain('view=map');
});

it('says that nobody can connect, that the server rejects the file, and that it listens locally', () => {
  show(<Access access={accessOf('host all all all reject')} outdated={false} onShow={vi.fn()} />);
  expect(screen.getByText(t('access.nobody'))).toBeTruthy();
  show(
    <Access
      access={accessOf('local all all peer', { refusals: 2, onlyLocal: true })}
      outdated={false}
      onShow={vi.fn()}
    />,
  );
  const region = within(screen.getByRole('region', { name: t('access.title') }));
  expect(region.getByText(t('access.refused', { count: 2 }))).toBeTruthy();
  expect(region.getByText(t('access.onlyLocal'))).toBeTruthy();
});
