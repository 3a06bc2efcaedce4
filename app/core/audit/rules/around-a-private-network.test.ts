import { testRule } from '../../testing/rule-table.ts';

const around = (address: string, meant: string) => ({
  given: `hostssl app app ${address} scram-sha-256\n`,
  lines: [1],
  messages: [
    new RegExp(` contains ${meant.replaceAll('.', '\\.')}, which is private, and public addresses around it\\.$`),
  ],
  fixed: `hostssl app app ${meant} scram-sha-256\n`,
});
const beside = (address: string, meant: string) => ({
  given: `hostssl app app ${address} scram-sha-256\n`,
  lines: [1],
  messages: [`Of this range, only ${meant} is private.`],
  fixed: null,
});

testRule('around-a-private-network', 'pg_hba.conf', {
  valid: [
    ...['172.16.0.0/12', '172.20.1.0/24', '192.168.0.0/16', '10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16'].map(
      (address) => `hostssl app app ${address} scram-sha-256`,
    ),
    // A network of this size can be somebody's own, and larger ones have a rule of their own.
    'hostssl app app 172.32.4.0/22 scram-sha-256',
    'hostssl app app 192.0.0.0/7 scram-sha-256',
    'hostssl app app 11.0.0.0/8 scram-sha-256',
    'hostssl app app fd00::/8 scram-sha-256',
    'hostssl app app db.internal scram-sha-256',
    'host all all 172.0.0.0/8 reject',
    'hostssl app app 172.0.0.0 255.0.0.255 scram-sha-256',
    'host all all 0.0.0.0/0 reject\nhost app app 172.0.0.0/8 scram-sha-256',
  ],
  invalid: [
    around('172.0.0.0/8', '172.16.0.0/12'),
    around('192.0.0.0/8', '192.168.0.0/16'),
    around('192.128.0.0/9', '192.168.0.0/16'),
    around('100.0.0.0/8', '100.64.0.0/10'),
    around('169.0.0.0/8', '169.254.0.0/16'),
    { ...around('172.0.0.0 255.0.0.0', '172.16.0.0/12') },
    beside('172.32.0.0/12', '172.16.0.0/12'),
    beside('192.169.0.0/16', '192.168.0.0/16'),
    beside('172.15.0.0/16', '172.16.0.0/12'),
  ],
});
