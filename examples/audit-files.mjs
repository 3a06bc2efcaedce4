// Findings about pg_hba.conf and postgresql.conf, with fixes.
import { audit } from 'postern/audit';

const findings = audit({
  major: 18,
  hba: 'host all all 0.0.0.0/0 md5\n',
  conf: "listen_addresses = '*'\nssl = off\n",
});
for (const { id, severity, line } of findings) console.log(`${severity}: ${id} (line ${line ?? '-'})`);

// Wrong input is an error value, not an exception.
const refused = audit({ major: 9, hba: '' });
console.log(refused.ok, refused.issues[0].message);

// It prints:
// > high: no-way-for-the-administrator (line -)
// > medium: md5-method (line 1)
// > high: password-without-tls (line 1)
// > high: open-to-the-world (line 1)
// > info: one-family (line 1)
// > high: superuser-from-afar (line 1)
// > low: connections-not-logged (line -)
// > low: listens-everywhere (line 1)
// > false input.major is "9", a version of PostgreSQL that Postern doesn’t support. Pass one of 11, 12, 13, 14, 15, 16, 17, 18, 19, as a number.
