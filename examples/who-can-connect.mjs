// Which rule decides a connection, which rules are unreachable, and what an edit opens.
import { compareAccess, decide, parseHba, reachability } from 'postern/hba';

const before = parseHba(
  `local all all              peer
host  all all 10.0.0.0/8   scram-sha-256
host  app web 10.1.0.0/16  reject
`,
  { major: 17 },
);

const decision = decide(before, {
  transport: 'tcp',
  encryption: 'tls',
  address: '10.1.2.3',
  database: 'app',
  user: 'web',
  roles: [],
  replication: false,
});
console.log(`Line ${decision.line} decides: ${decision.method}.`);

for (const [index, { status }] of reachability(before).entries()) {
  console.log(`Rule ${index + 1} is ${status}.`);
}

const after = parseHba('local all all peer\nhost all all 10.0.0.0/8 trust\nhost app web 10.1.0.0/16 reject\n', {
  major: 17,
});
for (const { kind, users, addresses } of compareAccess(before, after)) {
  console.log(`${kind}: user ${users.join(', ')} from ${addresses.join(', ')}`);
}

// It prints:
// > Line 2 decides: scram-sha-256.
// > Rule 1 is live.
// > Rule 2 is live.
// > Rule 3 is dead.
// > method: user all from 10.0.0.0/8
