// The cause of a connection error, held against the server's own file.
import { diagnose } from 'postern/diagnosis';

const { causes } = diagnose(
  'psql: error: connection to server at "db.example.com" (203.0.113.10), port 5432 failed: ' +
    'FATAL:  no pg_hba.conf entry for host "198.51.100.7", user "app", database "app", no encryption',
  { major: 17, hba: 'hostssl app app 198.51.100.0/24 scram-sha-256\n' },
);
for (const { id } of causes) console.log(id);

// It prints:
// > no-entry-without-tls
