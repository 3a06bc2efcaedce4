import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as core from '../index.ts';

const hba = core.parseHba('host all all 10.0.0.0/8 scram-sha-256\n', { major: 18 });
const connection = {
  transport: 'tcp',
  encryption: 'tls',
  address: '10.0.0.1',
  database: 'app',
  user: 'app',
  roles: [],
  replication: false,
} as const;

/** The functions of the public contract. */
const contract = new Set([
  'audit',
  'compareAccess',
  'decide',
  'decodeLink',
  'defaultPlan',
  'deriveAccess',
  'diagnose',
  'encodeLink',
  'fileRules',
  'generate',
  'linkOf',
  'parseConf',
  'parseHba',
  'parsePlan',
  'planOfLink',
  'printHba',
  'reachability',
  'release',
  'upgradeReport',
]);

/** Calls a function as JavaScript can: with arguments of any type. */
const call = (of: unknown, ...input: readonly unknown[]): unknown =>
  (of as (...input: readonly unknown[]) => unknown)(...input);

const failure = (path: string, id: string) => ({
  ok: false,
  issues: expect.arrayContaining([expect.objectContaining({ path, id, message: expect.stringContaining(path) })]),
});

describe('wrong input gives a Failure that names the argument', () => {
  test.each([
    ['parseHba without options', core.parseHba, ['local all all peer'], 'options', 'input.object'],
    ['parseHba with bytes', core.parseHba, [new Uint8Array(2), { major: 18 }], 'text', 'input.text'],
    ['parseHba with a major as text', core.parseHba, ['', { major: '18' }], 'options.major', 'input.major'],
    [
      'parseHba with files that are no text',
      core.parseHba,
      ['', { major: 18, files: { a: 1 } }],
      'options.files.a',
      'input.text',
    ],
    ['printHba of nothing', core.printHba, [undefined], 'hba', 'input.hba'],
    ['fileRules with major 10', core.fileRules, ['', { major: 10 }], 'options.major', 'input.major'],
    ['fileRules with ssl as text', core.fileRules, ['', { major: 18, ssl: 'on' }], 'options.ssl', 'input.boolean'],
    [
      'decide with no address',
      core.decide,
      [hba, { ...connection, address: undefined }],
      'connection.address',
      'input.address',
    ],
    [
      'decide with a name for an address',
      core.decide,
      [hba, { ...connection, address: 'not an ip' }],
      'connection.address',
      'input.address',
    ],
    [
      'decide with a network',
      core.decide,
      [hba, { ...connection, address: '10.0.0.0/8' }],
      'connection.address',
      'input.address',
    ],
    ['decide without roles', core.decide, [hba, { ...connection, roles: undefined }], 'connection.roles', 'input.list'],
    [
      'decide over a pipe',
      core.decide,
      [hba, { ...connection, transport: 'pipe' }],
      'connection.transport',
      'input.choice',
    ],
    ['decide with a text for a file', core.decide, ['host all all all trust', connection], 'hba', 'input.hba'],
    ['reachability of a Failure', core.reachability, [{ ok: false, issues: [] }], 'hba', 'input.hba'],
    ['compareAccess with one file', core.compareAccess, [hba], 'after', 'input.hba'],
    ['audit with major 9', core.audit, [{ hba: '', major: 9 }], 'input.major', 'input.major'],
    ['audit of a number', core.audit, [{ conf: 5, major: 18 }], 'input.conf', 'input.conf'],
    ['parseConf of nothing', core.parseConf, [null, { major: 18 }], 'text', 'input.text'],
    ['diagnose of an error object', core.diagnose, [{ message: 'FATAL' }], 'text', 'input.text'],
    ['diagnose with major 8', core.diagnose, ['FATAL', { major: 8 }], 'options.major', 'input.major'],
    ['release of 10', core.release, [10], 'major', 'input.major'],
    ['release of 20', core.release, [20], 'major', 'input.major'],
    ['parseHba with major 20', core.parseHba, ['', { major: 20 }], 'options.major', 'input.major'],
    ['fileRules with major 20', core.fileRules, ['', { major: 20 }], 'options.major', 'input.major'],
    ['parseConf with major 20', core.parseConf, ['', { major: 20 }], 'options.major', 'input.major'],
    ['audit with major 20', core.audit, [{ hba: '', major: 20 }], 'input.major', 'input.major'],
    ['diagnose with major 20', core.diagnose, ['FATAL', { major: 20 }], 'options.major', 'input.major'],
    ['upgradeReport to 20', core.upgradeReport, [{ hba: '', from: 18, to: 20 }], 'input.to', 'input.major'],
    ['upgradeReport of bytes', core.upgradeReport, [{ hba: 5, from: 18, to: 19 }], 'input.hba', 'input.text'],
    ['settingOf with major 20', core.settingOf, ['port', 20], 'major', 'input.major'],
    ['suggestSetting with major 20', core.suggestSetting, ['prt', 20], 'major', 'input.major'],
    [
      'valueProblem with major 20',
      core.valueProblem,
      [{ name: 'port', type: 'integer' }, '1', 20],
      'major',
      'input.major',
    ],
    [
      'platformFacts with major 20',
      core.platformFacts,
      [{ platform: 'debian', cluster: 'main', superuser: 'postgres' }, 20],
      'major',
      'input.major',
    ],
    ['importFiles with major 20', core.importFiles, [{ hba: '', conf: '', major: 20 }], 'input.major', 'input.major'],
    [
      'whatPsqlPrints of psql 20',
      core.whatPsqlPrints,
      [hba, connection, { clientMajor: 20, host: 'h', port: 1, ssl: true }],
      'options.clientMajor',
      'input.major',
    ],
    ['release of 17.2', core.release, [17.2], 'major', 'input.major'],
    ['defaultPlan of a pattern that does not exist', core.defaultPlan, ['carrier pigeon'], 'pattern', 'input.choice'],
    ['planOfLink of nothing', core.planOfLink, [undefined], 'fragment', 'input.text'],
  ] as const)('%s', (_, of, input, path, id) => expect(call(of, ...input)).toEqual(failure(path, id)));

  test.each([
    ['generate', core.generate],
    ['deriveAccess', core.deriveAccess],
    ['linkOf', core.linkOf],
  ] as const)('%s of {}, of null, and of a plan with an invalid answer', (_, of) => {
    expect(call(of, {})).toMatchObject({ ok: false, issues: [{ path: 'version' }] });
    expect(call(of, null)).toMatchObject({ ok: false, issues: [{ path: 'version' }] });
    const plan = core.defaultPlan('direct');
    expect(call(of, { ...plan, server: { ...plan.server, port: 0 } })).toMatchObject({
      ok: false,
      issues: [{ path: 'server.port' }],
    });
  });

  test('a missing address is not treated as a reason to skip a record', () =>
    expect(call(core.decide, hba, { ...connection, address: '' })).not.toHaveProperty('outcome'));
});

describe('with any arguments', () => {
  const functions = Object.entries({ ...core }).filter(
    ([name, value]) => typeof value === 'function' && contract.has(name),
  );

  test('every function of the contract is tested', () => expect(functions).toHaveLength(contract.size));

  test.each(functions)('%s never throws', async (_, of) => {
    const values = fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true });
    await fc.assert(
      fc.asyncProperty(fc.array(values, { maxLength: 3 }), async (input) => {
        await call(of, ...input);
      }),
      { numRuns: 300 },
    );
  });
});

test('values meant for JSON can be serialized as JSON, with networks in CIDR notation', () => {
  const model = JSON.parse(JSON.stringify(core.deriveAccess(core.defaultPlan('private'))));
  expect(model.flows[0].from[0]).toMatch(/^[0-9a-f.:]+\/\d+$/);
  expect(JSON.parse(JSON.stringify(hba)).records[0].record.address.address).toBe('10.0.0.0/32');
});

test('links are the same with and without a promise', async () => {
  const plan = core.defaultPlan('bastion');
  expect(await core.encodeLink(plan)).toBe(core.linkOf(plan));
  expect(core.planOfLink(`#${core.linkOf(plan)}`)).toEqual({ ok: true, value: plan });
  expect(await core.decodeLink(core.linkOf(plan))).toEqual({ ok: true, value: plan });
});
