import { testRule } from '../../testing/rule-table.ts';

testRule('duplicate-setting', 'postgresql.conf', {
  valid: [
    '',
    'work_mem = 4MB\nmaintenance_work_mem = 4MB',
    '#work_mem = 4MB\nwork_mem = 8MB',
    // Included files are often meant to override.
    {
      conf: "work_mem = 4MB\ninclude 'a.conf'\ninclude 'b.conf'",
      files: { 'a.conf': 'work_mem = 8MB', 'b.conf': 'work_mem = 16MB' },
    },
    "include 'a.conf'\ninclude 'a.conf'",
  ],
  invalid: [
    {
      given: 'work_mem = 4MB\nport = 5432\nwork_mem = 8MB\n',
      lines: [1],
      messages: ['work_mem is set again at line 3, and 8MB takes effect.'],
      fixed: 'port = 5432\nwork_mem = 8MB\n',
    },
    {
      given: "Work_Mem = 4MB\nwork_mem = 8MB\nport = 5432\nWORK_MEM = ''",
      lines: [1, 2],
      messages: [
        'Work_Mem is set again at line 4, and the empty value takes effect.',
        'work_mem is set again at line 4, and the empty value takes effect.',
      ],
      fixed: "port = 5432\nWORK_MEM = ''",
    },
    // Two settings with the same value: one is redundant.
    { given: 'port = 1\nport = 1\nwork_mem = 1\nwork_mem = 1\n', lines: [1, 3], fixed: 'port = 1\nwork_mem = 1\n' },
    {
      given: {
        conf: "work_mem = 1MB\nwork_mem = 2MB\ninclude 'a.conf'",
        files: { 'a.conf': '\nWORK_MEM = 3MB\nwork_mem = 4MB' },
      },
      lines: [1, 2],
      included: [undefined, 'a.conf'],
      messages: [
        'work_mem is set again at line 2, and 2MB takes effect.',
        'WORK_MEM is set again at line 3, and 4MB takes effect.',
      ],
      fixed: "work_mem = 2MB\ninclude 'a.conf'",
    },
  ],
});
