import fc from 'fast-check';

/** Text that some language or program interprets in a comment, or that ends one. */
const pieces = [
  ...`-<>!#*/"'$\`\\;%:=,.{}[]() aZ0é数`,
  ...['\n', '\r', '\r\n', '\t', '\0', '\v', '\f', '\x1c', '\x85', '\u2028', '\u2029', '\ufeff', '\ufffe', '\ud800'],
  ...['--', '-->', '--!>', '<!--', '->', '<#', '#>', '/*', '*/', '\\\n', 'EOF', 'RULES', '$postern$', "'''", '"""'],
  ...['shellcheck disable=all', 'shellcheck', '#!/bin/sh', '#Requires -Modules x', 'yaml-language-server: $schema=x'],
  ...['vim: set ft=sh :', 'vim>700:x', ' ex:', 'vi:', '-*- eval: x -*-', 'Local Variables:', 'End:'],
  ...['SIG # Begin signature block', 'sig#beginsignatureblock', '#include x', 'include x', '%include x', '\\! x'],
  ...[
    '#disable-next-line x',
    '---',
    '...',
    'postern-ignore:',
    '# postern-ignore-file: no-record',
    '\n[Peer]',
    'x'.repeat(130),
  ],
];

/** Any text, most of it containing many of these. */
export const commentText = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((some) => some.join('')),
  fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((some) => some.join(' ')),
  fc.string({ unit: 'binary', maxLength: 300 }),
);
