import { join } from 'node:path';
import { child } from './child.mjs';
import { unpacked, withLibraries } from './debian-folders.mjs';
import { repository } from './repository.mjs';

/**
 * The connection pooler Odyssey, unpacked with the libraries it needs: `{ command }`, the program with its first
 * arguments, or `{ missing }` with the reason. Debian has it only in its newest suite.
 */
export async function debianOdyssey() {
  const found = await unpacked(join(repository, '.tools/odyssey'), {
    what: 'Odyssey',
    suites: ['sid'],
    choose: (apt) => withLibraries(apt, ['odyssey']),
  });
  if (found.missing) return found;
  const libraries = join(found.root, 'usr/lib/x86_64-linux-gnu');
  const command = [
    join(libraries, 'ld-linux-x86-64.so.2'),
    '--library-path',
    libraries,
    join(found.root, 'usr/bin/odyssey'),
  ];
  const { output } = await child(command[0], [...command.slice(1), '--version']);
  return /odyssey/i.test(output)
    ? { command, version: output.trim().split('\n')[0] }
    : { missing: `Odyssey does not run here: ${output.trim()}` };
}
