import { testRule } from '../../testing/rule-table.ts';

const value = (written: string, major: number) => ({ conf: `password_encryption = ${written}`, major });
const said = (shown: string) =>
  `password_encryption is ${shown}. Stored hashes don't change until each password is set again.`;

testRule('md5-passwords', 'postgresql.conf', {
  valid: [
    '',
    '#password_encryption = md5',
    ...[13, 14, 18].map((major) => value("'scram-sha-256'", major)),
    // Rejected since 14; `off` is also rejected before 14.
    ...['on', 'true', 'yes', '1'].map((written) => value(written, 14)),
    ...['off', 'false', '0'].map((written) => value(written, 13)),
    'password_encryption = md5\npassword_encryption = scram-sha-256',
  ],
  invalid: [
    ...[13, 14, 18].map((major) => ({
      given: value('md5', major),
      lines: [1],
      messages: [said('md5')],
      fixed: "password_encryption = 'scram-sha-256'",
    })),
    ...['on', 'true', 'yes', '1', 'On'].map((written) => ({
      given: value(written, 13),
      lines: [1],
      messages: [said(written)],
      fixed: "password_encryption = 'scram-sha-256'",
    })),
    {
      given: "port = 5432\nPassword_encryption  'MD5' # old\n",
      lines: [2],
      messages: [said('MD5')],
      fixed: "port = 5432\nPassword_encryption  'scram-sha-256' # old\n",
    },
  ],
});
