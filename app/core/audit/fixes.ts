import type { Edit } from '../postgres/hba/edit.ts';
import type { Fix } from './rule.ts';

/** One edit of pg_hba.conf as a fix; empty where the line cannot be edited safely. */
export const fixesOf = (edit: Edit | undefined, title: string): [] | [Fix] =>
  edit ? [{ title, file: 'pg_hba.conf', edits: [edit] }] : [];
