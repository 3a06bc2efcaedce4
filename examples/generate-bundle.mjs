// A plan, its files, and the link that carries it.
import { generate } from 'postern/bundle';
import { defaultPlan, linkOf, parsePlan, planOfLink } from 'postern/plan';

const start = defaultPlan('direct');
const parsed = parsePlan({ ...start, server: { ...start.server, major: 17 } });
if (!parsed.ok) throw new Error(parsed.issues.map(({ path, message }) => `${path}: ${message}`).join('\n'));
const plan = parsed.value;

const { files, findings } = generate(plan);
const hba = files.find(({ path }) => path === 'database-server/pg_hba.conf');
console.log(`${files.length} files, ${findings.length} findings`);
console.log(hba.content.split('\n').findLast((line) => /^host/.test(line)));

const opened = planOfLink(linkOf(plan));
console.log(opened.ok && opened.value.server.major);

// It prints:
// > 22 files, 0 findings
// > host      replication     all             all                       reject
// > 17
