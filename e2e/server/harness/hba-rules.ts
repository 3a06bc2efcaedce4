import { decodeBytes, type FileRule, fileRules } from '../../../app/core/index.ts';
import { builtIn, type HbaFiles, type HbaServer } from './hba-server.ts';
import { own } from './places.ts';

/** The rows of the view, with the directory named as in this project's messages. */
export async function shownRules({ client, folder }: Pick<HbaServer, 'client' | 'folder'>): Promise<FileRule[]> {
  // As bytes: a file's text may not be UTF-8, and the view passes it on unchanged.
  const { rows } = await client.query<{ rows: Buffer }>(
    "select textsend(coalesce(json_agg(r), '[]')::text) as rows from pg_hba_file_rules r",
  );
  return JSON.parse(
    decodeBytes(rows[0]?.rows ?? Buffer.alloc(0))
      .replaceAll(`${folder}/`, 'DATADIR/')
      .replaceAll(folder, 'DATADIR')
      .replaceAll(`${own}/`, 'DATADIR/../'),
  );
}

/** The same as parsed by this project. */
export const readRules = ({ text, files }: HbaFiles, major: number, methods = builtIn(major)): FileRule[] =>
  fileRules(decodeBytes(text), {
    major,
    files: Object.fromEntries(Object.entries(files).map(([name, content]) => [name, decodeBytes(content)])),
    methods,
  });
