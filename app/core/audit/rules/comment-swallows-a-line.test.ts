import { testRule } from '../../testing/rule-table.ts';

const rule = 'host all all 10.0.0.0/8 md5';
const swallowed = `# C:\\\n${rule}`;
const joined = ['The backslash at the end'];

testRule('comment-swallows-a-line', 'pg_hba.conf', {
  valid: [
    { hba: swallowed, major: 13 },
    `# C:\n${rule}`,
    `# C:\\ \n${rule}`,
    `${rule} \\\nmap=m`,
    `host "a#\\\nb" all 10.0.0.0/8 md5`,
    // Nothing is lost.
    `# C:\\\n\n${rule}`,
    `# C:\\\n \t\\\n\n${rule}`,
    '# C:\\\n',
    '# C:\\',
    // The comment begins on the second line of the record.
    `host all all \\\n10.0.0.0/8 md5 # b`,
    // A NUL precedes the comment, and the server reads nothing after it.
    `${rule}\0# C:\\\n${rule}`,
    `\0# C:\\\n${rule}`,
    `${rule}\0# C:\0\\\n${rule}`,
  ],
  invalid: [
    ...[14, 18].map((major) => ({
      given: { hba: swallowed, major },
      lines: [1],
      messages: joined,
      fixed: `# C:\n${rule}`,
    })),
    { given: `\n${rule} # C:\\\n${rule}\n`, lines: [2], messages: joined, fixed: `\n${rule} # C:\n${rule}\n` },
    { given: `# a\\\\\n${rule}`, lines: [1], messages: joined, fixed: `# a\n${rule}` },
    { given: `# a\\b\\\n${rule}`, lines: [1], messages: joined, fixed: `# a\\b\n${rule}` },
    { given: `# a\\\r\n${rule}\r\n`, lines: [1], messages: joined, fixed: `# a\r\n${rule}\r\n` },
    { given: `\\\n# a\\\n${rule}`, lines: [1], messages: joined, fixed: `\\\n# a\n${rule}` },
    { given: `# a\\\n\\\n${rule}\n`, lines: [1], messages: joined, fixed: `# a\n\\\n${rule}\n` },
    { given: `# a\\\nb\\\n${rule}`, lines: [1], messages: joined, fixed: `# a\nb\\\n${rule}` },
    { given: `# a\\\r\\\n${rule}`, lines: [1], messages: joined, fixed: `# a\r\n${rule}` },
    // The NUL hides the end of the first line, so the server does not count the next one.
    { given: `\0# a\n${rule}\n# a\\\n${rule}`, lines: [2], messages: joined, fixed: `\0# a\n${rule}\n# a\n${rule}` },
    { given: `# a\0b\n${rule}\n`, lines: [1], messages: ['A NUL byte hides the end'], fixed: null },
  ],
});
