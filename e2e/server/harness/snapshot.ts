import { must } from './command.ts';

/** Every file below some folders with its mode, owner and content: what an undo has to restore. */
export function snapshot(folders: readonly string[]): string[] {
  const script =
    'for f in "$@"; do [ -e "$f" ] || continue; find "$f" -mindepth 1 \\( -type d -printf "%p %y %m %U:%G\\n" -o -printf "%p %y %m %U:%G %l\\n" \\); ' +
    'find "$f" -type f -exec sha256sum {} +; done | sort';
  return must('bash', ['-c', script, 'snapshot', ...folders])
    .split('\n')
    .filter((line) => line !== '');
}
