import { testRule } from '../../testing/rule-table.ts';

const record = (option: string, method = 'md5') => `hostssl all all 10.0.0.0/8 ${method} ${option}`;
const of = (major: number, option: string, method?: string) => ({ hba: record(option, method), major });
const fromOn = 'From PostgreSQL 14 on, clientcert=1 is an error';
const anyValid = 'Any valid client certificate';
const found = (major: number, option: string, message: string) => ({
  given: of(major, option),
  lines: [1],
  messages: [message],
  fixed: null,
});

testRule('client-certificate-by-major', 'pg_hba.conf', {
  valid: [
    record('clientcert=verify-full'),
    ...[12, 13, 14].map((major) => of(major, 'clientcert=verify-full')),
    // The server rejects other values of these.
    of(11, 'clientcert=1', 'cert'),
    of(12, 'clientcert=verify-ca', 'cert'),
    of(13, 'clientcert=1', 'cert'),
    ...[11, 12, 13].flatMap((major) => ['0', 'no-verify'].map((off) => of(major, `clientcert=${off}`))),
    of(14, 'clientcert=1'),
    of(11, ''),
    record('clientname=DN'),
    record('# clientcert=verify-ca'),
    'hostssl "clientcert=verify-ca" all 10.0.0.0/8 md5',
    'hostssl all all 10.0.0.0/8 md5',
    // The last one counts.
    record('clientcert=verify-ca clientcert=verify-full'),
  ],
  invalid: [
    ...['verify-ca', 'verify-full', '2', 'on', 'VERIFY'].map((value) =>
      found(11, `clientcert=${value}`, `PostgreSQL 11 ignores clientcert=${value}`),
    ),
    ...[11, 12, 13].map((major) => found(major, 'clientcert=1', fromOn)),
    ...[12, 13, 14, 18].map((major) => found(major, 'clientcert=verify-ca', anyValid)),
    found(18, 'clientcert="verify-ca"', anyValid),
    found(18, '"clientcert=verify-ca"', anyValid),
    found(18, 'clientname=CN,clientcert=verify-ca', anyValid),
    found(18, 'clientcert=verify-full clientcert=verify-ca', anyValid),
    found(18, '\\\nclientcert=verify-ca', anyValid),
    {
      given: `${record('')}\n${record('clientcert=verify-ca')}`,
      lines: [2],
      messages: [anyValid],
      fixed: null,
    },
    {
      given: `${record('map=m', 'cert')}\nhostssl all all 10.0.0.0 255.0.0.0 md5 clientcert=verify-ca\n`,
      lines: [2],
      messages: [anyValid],
      fixed: null,
    },
    {
      given: {
        hba: 'hostssl all all 10.0.0.0/8 md5 clientcert=verify-ca\ninclude a.conf\n',
        files: { 'a.conf': record('clientcert=verify-full') },
      },
      lines: [1],
      messages: [anyValid],
      fixed: null,
    },
  ],
});
