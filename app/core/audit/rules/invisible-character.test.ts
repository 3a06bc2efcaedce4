import { testRule } from '../../testing/rule-table.ts';

const found = (given: string, ...messages: readonly string[]) => ({
  given,
  lines: messages.map(() => 1),
  messages,
  fixed: null,
});
const nothingSeen = (text: string, code: string) => `${text} contains ${code}, which is not visible.`;

testRule('invisible-character', 'pg_hba.conf', {
  valid: [
    'host café "a b" db.example.com md5',
    'host all all 10.0.0.0/8 md5 # a\u200b',
    // Latin-1: a byte that is not UTF-8.
    'host caf\udce9 all 10.0.0.0/8 md5',
  ],
  invalid: [
    found('host a\u200b all all md5', nothingSeen('a[U+200B]', 'U+200B')),
    found('host all app\ufe0f all md5', nothingSeen('app[U+FE0F]', 'U+FE0F')),
    found('host all all db\u00ad.example.com md5', nothingSeen('db[U+00AD].example.com', 'U+00AD')),
    found('host all "a\tb" all md5', nothingSeen('a[U+0009]b', 'U+0009')),
    found('host all a\u00a0b all md5', nothingSeen('a[U+00A0]b', 'U+00A0')),
    found('host all a\ue000 all md5', nothingSeen('a[U+E000]', 'U+E000')),
    found('host caf\udce9\udce9\u200b all all md5', 'contains U+200B'),
    found('host a,b\u200b c\u200b,d h\u200b md5', 'b[U+200B]', 'c[U+200B]', 'h[U+200B]'),
    { given: 'local all all peer\nhost a\u200b all 10.0.0.0/8 md5', lines: [2], fixed: null },
  ],
});
