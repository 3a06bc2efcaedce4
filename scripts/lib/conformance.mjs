import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { majors } from './majors.mjs';
import { repository, results } from './repository.mjs';

/** Where the proofs write their rows. */
export const conformanceFolder = join(results, 'conformance');

/** What no program here can verify, and the substitute for it. */
const notRun = [
  [
    'Docker 27 and later, and the official image of PostgreSQL',
    'Debian has Docker 26, and images come from registries',
    "Docker 26 with an image of Debian's PostgreSQL packages and an entry point that acts as the official one; kills of apply.sh at single commands run in a stand-in for the engine",
  ],
  [
    'Bicep',
    'the compiler cannot be had',
    'reviewed files, compared byte by byte, and an own reader that refuses every line it does not know',
  ],
  [
    'AWS and Azure themselves',
    'no account, and tests stay on the machine',
    'rules are evaluated from the written text',
  ],
  [
    'Azure VPN Gateway itself',
    'no account, and tests stay on the machine',
    'an account that answers as the documentation says; Bicep is compared byte by byte with reviewed files',
  ],
  [
    'ESP of the kernel, and its WireGuard',
    'the kernel of the test environment has neither',
    'kernel-libipsec of strongSwan, and wireguard-go, carry the packets',
  ],
  ['Terraform itself', 'it cannot be had', 'a parser of HCL from npm reads every file'],
  [
    'PowerShell and Windows Defender Firewall',
    'neither can be had',
    'golden files, and an own reader that refuses every line it does not know',
  ],
  [
    'Services under systemd, but for apply.sh',
    'only the lab of apply.sh boots one',
    'systemd-analyze verifies every unit; what scripts tell the service manager is recorded',
  ],
  [
    'JDBC, Npgsql and pgx',
    'the drivers are not in the test environment',
    'their strings are compared with the words of their manuals; libpq reads those of the others',
  ],
  ['RHEL, macOS and Windows as systems', 'tests run on Debian', 'paths and commands are laid out as their packages do'],
];

export function forgetConformance() {
  rmSync(conformanceFolder, { recursive: true, force: true });
  mkdirSync(conformanceFolder, { recursive: true });
}

/** Writes docs/conformance.md from the rows of this run. Rows of one target and proof are summed. */
export function writeConformance() {
  const rows = new Map();
  for (const file of readdirSync(conformanceFolder)) {
    const row = JSON.parse(readFileSync(join(conformanceFolder, file), 'utf8'));
    const key = JSON.stringify([row.target, row.judgedBy, row.tried, row.reading?.major]);
    const before = rows.get(key);
    rows.set(key, {
      ...row,
      files: [...new Set([...(before?.files ?? []), ...row.files])].sort(),
      plans: (before?.plans ?? 0) + row.plans,
      cases: (before?.cases ?? 0) + row.cases,
      ...(row.reading
        ? {
            reading: {
              major: row.reading.major,
              disagreements: (before?.reading.disagreements ?? 0) + row.reading.disagreements,
            },
          }
        : {}),
    });
  }
  const readings = [...rows.values()].filter(({ reading }) => reading);
  const sorted = [...rows.values()]
    .filter(({ reading, score }) => !reading && !score)
    .sort(
      (a, b) =>
        order(a) - order(b) ||
        compare(a.target, b.target) ||
        compare(a.files.join(), b.files.join()) ||
        compare(a.judgedBy, b.judgedBy) ||
        compare(a.tried, b.tried),
    );
  const text = [
    '# Conformance',
    '',
    'Written by the test run (`npm test`); do not edit it by hand. Each row says what judged a target, and how often.',
    '',
    line(['target', 'files', 'judged by', 'tried', 'plans', 'cases', 'not covered']),
    line(Array(7).fill('---')),
    ...sorted.map((row) =>
      line([
        row.target,
        row.files.map((name) => `\`${name}\``).join(', '),
        row.judgedBy,
        row.tried,
        row.plans.toLocaleString('en'),
        row.cases.toLocaleString('en'),
        row.notCovered ?? '',
      ]),
    ),
    '',
    ...readingLines(readings),
    '',
    ...scoreLines([...rows.values()].filter(({ score }) => score)),
    '',
    '## Not run',
    '',
    line(['what', 'why', 'what stands in for it']),
    line(Array(3).fill('---')),
    ...notRun.map(line),
    '',
  ].join('\n');
  writeFileSync(join(repository, 'docs/conformance.md'), text);
}

/** The section about Postern's own reading of a server's files: a row for each kind of test, a column for each major. */
export function readingLines(readings) {
  const kinds = new Map();
  for (const one of readings) {
    const key = JSON.stringify([one.target, one.tried]);
    kinds.set(key, [...(kinds.get(key) ?? []), one]);
  }
  const cellOf = ({ cases, reading }) =>
    `${reading.disagreements.toLocaleString('en')} of ${cases.toLocaleString('en')}`;
  return [
    '## How Postern reads files, compared with real servers',
    '',
    'What Postern reads and decides, and what the server of each version says about the same. A cell has the disagreements and the cases.',
    '',
    line(['what', 'tried', ...majors, 'not covered']),
    line(Array(majors.length + 3).fill('---')),
    ...[...kinds.values()]
      .sort(([a], [b]) => compare(a.target, b.target) || compare(a.tried, b.tried))
      .map((all) =>
        line([
          all[0].target,
          all[0].tried,
          ...majors.map((major) => all.filter(({ reading }) => reading.major === major).map(cellOf)[0] ?? ''),
          [...new Set(all.map(({ notCovered }) => notCovered).filter(Boolean))].join('; '),
        ]),
      ),
  ];
}

/** The scoreboard of Troubleshoot: what was diagnosed, and how many of the cases rightly. */
function scoreLines(scores) {
  return [
    '## What Troubleshoot recognizes',
    '',
    'Messages of public problem reports, of drivers that really failed, and of every translation of PostgreSQL.',
    '',
    line(['messages', 'class', 'right', 'of', 'not covered']),
    line(Array(5).fill('---')),
    ...scores
      .sort((a, b) => compare(a.target, b.target) || compare(a.tried, b.tried))
      .map(({ target, tried, cases, score, notCovered }) =>
        line([target, tried, score.right.toLocaleString('en'), cases.toLocaleString('en'), notCovered ?? '']),
      ),
  ];
}

const cell = (text) => String(text).replaceAll('|', '\\|');
const line = (cells) => `| ${cells.map(cell).join(' | ')} |`;
const order = ({ target }) => (target === 'PostgreSQL' ? 0 : 1);
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
