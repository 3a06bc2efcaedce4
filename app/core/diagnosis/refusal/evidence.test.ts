import { describe, expect, test } from 'vitest';
import { causes } from './causes.ts';
import { evidence } from './evidence.ts';

describe('evidence in any language', () => {
  test.each([
    [
      'psql with \\set VERBOSITY verbose',
      'ВАЖНО:  28P01: x\nПОЛОЖЕНИЕ: auth_failed, auth.c:331',
      '28P01',
      'password-refused',
    ],
    ['a verbose server log', '치명적오류:  3D000: "x" 데이터베이스 없음', '3D000', 'database-missing'],
    [
      'csvlog',
      '2026-01-01 10:00:00 UTC,"u","d",42,"10.0.0.1:5",a.1,1,"",2026,3/2,0,치명적오류,53300,"…"',
      '53300',
      'too-many-connections',
    ],
    [
      'jsonlog',
      '{"error_severity":"FATAL","state_code":"57P03","message":"…","func_name":"BackendInitialize"}',
      '57P03',
      'server-starting',
    ],
    ['pgx', 'failed to connect: FATAL: … (SQLSTATE 3D000)', '3D000', 'database-missing'],
    ['DBeaver', 'SQL Error [53300]: ВАЖНО: …', '53300', 'too-many-connections'],
    [
      'node-postgres',
      "{ severity: 'FATAL', code: '57P03', routine: 'ProcessStartupPacket' }",
      '57P03',
      'server-starting',
    ],
    [
      'tokio-postgres',
      'DbError { severity: "FATAL", code: SqlState(E3D000), routine: Some("InitPostgres") }',
      '3D000',
      'database-missing',
    ],
    ['Npgsql', '28P01: пользователь … не прошёл проверку подлинности', '28P01', 'password-refused'],
    ['JDBC', 'Server SQLState: 53300', '53300', 'too-many-connections'],
  ])('%s', (_, text, sqlstate, cause) => {
    const found = evidence(text);
    expect([found?.sqlstate, found?.writer]).toEqual([sqlstate, 'server']);
    expect(found?.causes).toContain(cause);
  });

  test('the function of the server narrows what the code leaves', () => {
    const left = (text: string) => evidence(text)?.causes;
    expect(left('FATAL:  28000: x\nORT:  InitializeSessionUserId, miscinit.c:734')).toEqual([
      'role-missing',
      'role-may-not-log-in',
    ]);
    expect(left('FATAL:  28000: x\nLOCATION:  auth_failed, auth.c:331')).not.toContain('no-entry');
    expect(left('FATAL:  42501: x\nLOCATION:  CheckMyDatabase, postinit.c:380')).toEqual(['database-not-granted']);
    expect(left('FATAL:  0A000: x\nLOCATION:  ProcessStartupPacket, postmaster.c:2100')).toEqual(['not-postgresql']);
    expect(left("{ code: '28P01', routine: 'CheckMyDatabase' }")).toEqual([]);
  });

  test('a code of a driver says that the client wrote it', () => {
    expect(evidence('SQLSTATE[08006] [7] …')).toEqual({ sqlstate: '08006', writer: 'client', causes: [] });
    expect(evidence('… (0x0000274D/10061)\n\t…')).toEqual({
      socketError: 10061,
      writer: 'client',
      causes: ['connection-refused'],
    });
  });

  test('numbers of other things are no evidence', () => {
    for (const text of ['port 28000', 'pid 53300, user 55000', 'took 08001 ms', 'row 42704', ''])
      expect([text, evidence(text)]).toEqual([text, undefined]);
  });

  test('each cause that a code or a function can mean exists', () => {
    const ids = new Set(causes.map(({ id }) => id));
    const codes = ['28000', '28P01', '3D000', '42501', '42704', '53300', '55000', '57P03', '0A000', '22023', 'F0000'];
    const functions = [
      'auth_failed',
      'ClientAuthentication',
      'InitProcess',
      'check_usermap',
      'parse_hba_line',
      'auth_peer',
    ];
    for (const text of [
      ...codes.map((code) => `(SQLSTATE ${code})`),
      ...functions.map((name) => `X: ${name}, a.c:1`),
    ]) {
      const { causes: left = [] } = evidence(text) ?? {};
      expect([text, left.length > 0, left.filter((id) => !ids.has(id))]).toEqual([text, true, []]);
    }
    for (const number of [10013, 10048, 10049, 10051, 10054, 10060, 10061, 10065, 11001, 11004])
      for (const id of evidence(`(0x0000${number.toString(16).toUpperCase()}/${number})`)?.causes ?? [])
        expect([number, ids.has(id)]).toEqual([number, true]);
  });
});
