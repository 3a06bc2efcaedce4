import { describe, expect, test } from 'vitest';
import { score } from '../../../testing/score.ts';
import { diagnose } from '../diagnose.ts';
import { loadToEnglish, type Translations } from './english.ts';
import { canonical } from './template.ts';
import rows from './translations.json';

const translations = rows as unknown as Translations;
const toEnglish = await loadToEnglish();

const VALUES = ['192.0.2.7', 'anna', 'sales', 'x4', 'x5', 'x6', 'x7', 'x8', 'x9', 'x10'];
const filled = (format: string): string =>
  format.replace(/%([0-9]{1,2})/g, (_, name: string) => VALUES[Number(name) - 1] ?? '');

const languages = [...new Set(translations.flatMap(([, texts]) => Object.keys(texts)))].toSorted();
const textsIn = (language: string): readonly (readonly [string, string])[] =>
  translations.flatMap(([english, texts]) => (texts[language] ?? []).map((text) => [english, text] as const));

/** Labels of psql are in lower case, and the server's in upper case. */
const comparable = (text: string): string => canonical(text).trim().toLowerCase();

/** A phrase such as "SSL off" is read as an argument only: it's too short to be looked for. */
const asArgument = (text: string): string =>
  toEnglish(`kein pg_hba.conf-Eintrag für Host »h«, Benutzer »u«, Datenbank »d«, ${text}`).replace(/^.*, /, '');

describe('every translated message', () => {
  test.each(languages)('in %s is read as the English one, with its arguments', (language) => {
    // Some languages have one translation for several messages.
    const meanings = new Map<string, string[]>();
    for (const [english, text] of textsIn(language))
      meanings.set(canonical(text), [...(meanings.get(canonical(text)) ?? []), comparable(filled(english))]);
    const missed = textsIn(language).flatMap(([english, text]) => {
      const read = [toEnglish(filled(text)), asArgument(text)].map(comparable);
      return meanings.get(canonical(text))?.some((meaning) => read.includes(meaning)) ? [] : [{ english, text, read }];
    });
    const of = textsIn(language).length;
    score({ target: 'translated messages', tried: language, right: of - missed.length, of });
    expect(missed).toEqual([]);
  });
});

describe('a translated text', () => {
  test.each([
    [
      'libpq, psql and the system each write a part',
      'psql: Fehler: Verbindung zum Server auf »localhost« (127.0.0.1), Port 5433 fehlgeschlagen: Verbindungsaufbau abgelehnt',
      'psql: error: connection to server at "localhost" (127.0.0.1), port 5433 failed: Connection refused',
    ],
    [
      'the translation has a line break that the English lacks',
      "FATAL:  aucune entrée dans pg_hba.conf pour l'hôte « 192.0.2.7 », utilisateur « anna »,\n\tbase de données « sales », aucun chiffrement\nSuite",
      'FATAL:  no pg_hba.conf entry for host "192.0.2.7", user "anna", database "sales", no encryption\nSuite',
    ],
    [
      'the same, pasted as one line',
      "FATAL:  aucune entrée dans pg_hba.conf pour l'hôte « 192.0.2.7 », utilisateur « anna », base de données « sales », aucun chiffrement",
      'FATAL:  no pg_hba.conf entry for host "192.0.2.7", user "anna", database "sales", no encryption',
    ],
    [
      'the arguments are in another order',
      'ÖLÜMCÜL (FATAL):  "192.0.2.7" adresi, "anna" kullanıcısı, "sales" veritabanı için pg_hba.conf içinde bir tanım yok, SSL etkisiz',
      'FATAL:  no pg_hba.conf entry for host "192.0.2.7", user "anna", database "sales", SSL off',
    ],
    [
      'a page has changed spaces and quotation marks',
      '致命错误: 没有来自主机 “192.0.2.7”, 用户”like”, SSL 关闭的复制连接的pg_hba.conf记录',
      'FATAL:  no pg_hba.conf entry for replication connection from host "192.0.2.7", user "like", SSL off',
    ],
    [
      'a console with another encoding has changed letters',
      "Der Authentifizierungstyp 10 wird nicht unterst³tzt. Stellen Sie sicher, dass die Datei 'pg_hba.conf' die IP-Adresse oder das Subnetz des Clients enthõlt und dass der Client ein Authentifizierungsschema nutzt, das vom Treiber unterstÃ¼tzt wird.",
      "The authentication type 10 is not supported. Check that you have configured the pg_hba.conf file to include the client's IP address or subnet, and that it is using an authentication scheme supported by the driver.",
    ],
    [
      'a short phrase follows another message',
      '连接到"localhost" (127.0.0.1)上的服务器，端口5432失败：超时',
      'connection to server at "localhost" (127.0.0.1), port 5432 failed: timeout expired',
    ],
    [
      'something follows a name at the end',
      'FATAL: la autentificación password falló para el usuario «anna» (SQLSTATE 28P01)',
      'FATAL: password authentication failed for user "anna" (SQLSTATE 28P01)',
    ],
    [
      'the prefix of a log stays as it is',
      '2026-01-02 03:04:05.678 CET [42] anna@"sales"  ВАЖНО:  пользователь "anna" не прошёл проверку подлинности (по паролю)',
      '2026-01-02 03:04:05.678 CET [42] anna@"sales"  FATAL:  password authentication failed for user "anna"',
    ],
  ])('is read as English where %s', (_, text, english) => expect(toEnglish(text)).toBe(english));

  test('is left alone if it is in English, or about something else', () => {
    for (const text of [
      'FATAL:  password authentication failed for user "anna"\nDETAIL:  Connection matched file "/etc/x" line 3: "host"',
      'Der TLS-Verbindungsaufbau: NetzVerbindungsaufbau abgelehnt',
      'BEDIENFEHLER: das ist kein Text des Servers',
      'FEHLER-Seite: das hier ist kein Text von PostgreSQL »«',
      '',
    ])
      expect(toEnglish(text)).toBe(text);
  });

  test.each(languages)('in %s indicates what the English text indicates', (language) => {
    const causes = (text: string) => diagnose(text).causes.map(({ id }) => id);
    const all = textsIn(language);
    // A phrase of two characters is read only after another message, and some translations have several meanings.
    const one = all.filter(([, text]) => text.length > 2 && all.filter(([, other]) => other === text).length === 1);
    const different = one.flatMap(([english, text]) => {
      const [should, does] = [causes(`FATAL:  ${filled(english)}`), causes(toEnglish(`FATAL:  ${filled(text)}`))];
      return should.length === 0 || String(does) === String(should) ? [] : [{ text, should, does }];
    });
    expect(different).toEqual([]);
  });
});
