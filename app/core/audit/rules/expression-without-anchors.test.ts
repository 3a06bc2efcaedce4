import { testRule } from '../../testing/rule-table.ts';

const users = (...names: readonly string[]) => names.map((name) => `host all "${name}" 10.0.0.0/8 md5`);
const found = (...names: readonly string[]) =>
  users(...names).map((given, index) => ({
    given,
    lines: [1],
    messages: [`${names[index]} also matches names`],
    fixed: null,
  }));

testRule('expression-without-anchors', 'pg_hba.conf', {
  valid: [
    ...users('app', 'a/b', '+/app', '/^app$', '/^(app|web)$', '/^app$|^web$', '/^(a|b$|c)$', '/(^a|^b)$', '/(?i)^app$'),
    // The empty expression is meant to match everyone.
    ...users('/'),
    { hba: 'host all /app 10.0.0.0/8 md5', major: 15 },
    // Nested too deeply to be parsed here.
    `host all "/${'('.repeat(600)}a${')'.repeat(600)}" 10.0.0.0/8 md5`,
  ],
  invalid: [
    ...found('/app', '/^app', '/app$', '/^', '/.*', '/$app^', '/a^b$', '/^a$b', '/^app\\$', '/\\^app$', '/(?=a)'),
    // Each branch is anchored on one side.
    ...found('/^app|web$', '/^app$|web', '/(^a|b)$', '/^(a$|b)', '/^a$|'),
    { given: { hba: 'host all /app 10.0.0.0/8 md5', major: 16 }, lines: [1], fixed: null },
    {
      given: 'local all all peer\nhost /^a$,/b,c /d 10.0.0.0/8 md5\nhost /e all all md5',
      lines: [2, 2, 3],
      messages: ['/b also', '/d also', '/e also'],
      fixed: null,
    },
  ],
});
