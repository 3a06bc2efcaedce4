import { expect, test } from 'vitest';
import recorded from './file-rules.recorded.json' with { type: 'json' };
import { type FileRule, fileRules } from './file-rules.ts';

interface Recorded {
  readonly major: number;
  readonly server: string;
  readonly methods: readonly string[];
  readonly answers: readonly (readonly [string, Readonly<Record<string, string>>, readonly Partial<FileRule>[]])[];
}

/** Written by e2e/server/proofs/hba-rules.test.ts with POSTERN_RECORD, from a real server. */
test.each(recorded as unknown as readonly Recorded[])(
  'fileRules shows the rows that $server showed',
  ({ major, methods, answers }) => {
    expect(answers.length).toBeGreaterThan(100);
    for (const [text, files, rows] of answers) {
      const ours = fileRules(text, { major, files, methods }).map((row) =>
        Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)),
      );
      expect({ text, rows: ours }).toEqual({ text, rows });
    }
  },
);

const said = (line: string, major: number) => {
  const [row] = fileRules(`${line}\n`, { major });
  return row?.error ?? row?.options ?? row?.auth_method;
};
const oauth = 'local all all oauth issuer=x scope=y';

/** Each as the servers of 18 and of 19 show it. */
test.each([
  ['local all\rall trust', 'trust', 'end-of-line before authentication method'],
  ['local all all trust\r', 'trust', 'trust'],
  [
    'host all all all radius',
    'authentication method "radius" requires argument "radiusservers" to be set',
    'invalid authentication method "radius"',
  ],
  [
    'host all all all md5 radiusservers=x',
    'authentication option "radiusservers" is only valid for authentication methods radius',
    'unrecognized authentication option name: "radiusservers"',
  ],
  [
    oauth,
    'oauth_validator_libraries must be set for authentication method oauth',
    'parameter "oauth_validator_libraries" must be set for authentication method "oauth"',
  ],
  [
    `${oauth} validator.a_B-9=1`,
    'unrecognized authentication option name: "validator.a_B-9"',
    'parameter "oauth_validator_libraries" must be set for authentication method "oauth"',
  ],
  // A row of nulls: rejected, and only the log says why.
  [`${oauth} validator.=1`, 'unrecognized authentication option name: "validator."', null],
  [`${oauth} validator.a.b=1`, 'unrecognized authentication option name: "validator.a.b"', null],
  [
    'local all all trust validator.=1',
    'unrecognized authentication option name: "validator."',
    'authentication option "validator." is only valid for authentication methods oauth',
  ],
])('%j on 18 and on 19', (line, before, since) => {
  expect([said(line, 18), said(line, 19)]).toEqual([before, since]);
});
