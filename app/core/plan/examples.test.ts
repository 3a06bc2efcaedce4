import { describe, expect, it } from 'vitest';
import { ownPlan } from '../testing/own-plan.ts';
import { defaultPlan } from './defaults.ts';
import { exampleValues, isExample, presetAnswers, unchangedAnswers } from './examples.ts';
import { parsePlan } from './parse.ts';
import type { Pattern } from './schema.ts';

const patterns: readonly Pattern[] = ['direct', 'vpn', 'private', 'bastion'];
const paths = (plan: Parameters<typeof exampleValues>[0]) => exampleValues(plan).map(({ path }) => path);

describe('isExample', () => {
  it.each([
    '192.0.2.1',
    '198.51.100.0/28',
    '203.0.113.255',
    '2001:db8::/48',
    '2001:0DB8:5::1',
    '3fff:abc::1',
    'example.com',
    'db.example.com',
    'DB.Example.ORG',
    'shop.example',
    'dba@example.com',
    'ldap://ldap.example.net:389',
    'https://login.example.com',
    'https://login.example.com/realms/staff',
    'ou=staff,dc=example,dc=com',
    'ou=staff, dc=example, dc=com',
    'dc=corp,dc=example',
  ])('%s', (text) => expect(isExample(text)).toBe(true));

  it.each([
    '192.0.3.1',
    '192.0.0.0/16', // holds a documentation network, and more
    '198.51.101.0/24',
    '2001:db9::1',
    '10.0.0.1',
    '0.0.0.0/0',
    'my-example.com',
    'example.com.au',
    'examples.com',
    'example',
    'db.internal',
    'dc=example-corp,dc=com',
    '',
  ])('not %s', (text) => expect(isExample(text)).toBe(false));
});

describe('exampleValues', () => {
  it('names every answer of the default plan that only the user knows', () =>
    expect(paths(defaultPlan('direct'))).toEqual([
      'server.name',
      'server.addresses.public.0',
      'server.addresses.public.1',
      'clients.0.sources.0',
      'clients.0.sources.1',
      'administration.people.0.sources.0',
      'administration.people.0.sources.1',
    ]));

  it('says what to do about each, with its path', () => {
    const [first] = exampleValues(defaultPlan('bastion'));
    expect(first).toMatchObject({ id: 'plan.example', values: { value: '"db.example.com"' } });
  });

  it('leaves out texts that only people read', () => {
    const plan = { ...ownPlan('direct'), title: 'Not for example.com', notes: 'See 192.0.2.1 in example.com' };
    expect(paths(plan)).toEqual([]);
  });

  it.each(patterns)('finds none in the plan of a user with the pattern %s, which is valid', (pattern) => {
    const plan = ownPlan(pattern);
    expect(exampleValues(plan)).toEqual([]);
    expect(parsePlan(plan)).toMatchObject({ ok: true });
  });
});

describe('unchangedAnswers', () => {
  const own = ownPlan('private');
  const clients = own.clients.map((client) => ({ ...client, roles: ['writer'], databases: ['shop'] }));
  const preset = { ...own, clients, title: '10.9.9.9' };
  const known = new Set(presetAnswers(preset));
  const unchanged = (plan: unknown) => unchangedAnswers(plan, known).map(({ path }) => path);

  it('names private addresses, roles and databases that are the preset’s, and no text that only people read', () => {
    const [client] = preset.clients;
    expect(client?.sources.length).toBeGreaterThan(0);
    const paths = unchanged(preset);
    expect(paths).toEqual(
      expect.arrayContaining(['server.addresses.private.0', 'clients.0.sources.0', 'clients.0.roles.0']),
    );
    expect(paths).not.toContain('title');
    expect(unchangedAnswers(preset, known)[0]).toMatchObject({ id: 'plan.unchanged' });
  });

  it('leaves out what was replaced, and a name that is another kind of answer', () => {
    const [client] = preset.clients;
    const replaced = { ...client, sources: ['10.77.0.0/16'], roles: ['shop'], databases: ['writer'] };
    expect(unchanged({ clients: [replaced] })).toEqual([]);
    expect(unchanged({ clients: [{ ...client, databases: 'all' }] })).toContain('clients.0.roles.0');
  });

  it('knows nothing of loopback addresses, open networks and documentation values', () =>
    expect(
      presetAnswers({
        ...ownPlan('direct'),
        clients: [
          { ...defaultPlan('direct').clients[0], sources: ['127.0.0.1', '0.0.0.0/0', '192.0.2.1'], roles: [] },
        ] as never,
      }).filter((answer) => answer.startsWith('address')),
    ).toEqual([]));
});
