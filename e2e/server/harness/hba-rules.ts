import { type FileRule, fileRules } from '../../../app/core/index.ts';
import { builtIn, type HbaFiles, type HbaServer } from './hba-server.ts';
import { own } from './places.ts';

/** The rows of the view, with the folder of the file as this project's messages name it. */
export async function shownRules({ client, folder }: HbaServer): Promise<FileRule[]> {
  const { rows } = await client.query<{ rows: string }>(
    "select coalesce(json_agg(r), '[]')::text as rows from pg_hba_file_rules r",
  );
  return JSON.parse(
    (rows[0]?.rows ?? '')
      .replaceAll(`${folder}/`, 'DATADIR/')
      .replaceAll(folder, 'DATADIR')
      .replaceAll(`${own}/`, 'DATADIR/../'),
  );
}

/** The same by this project. */
export const readRules = ({ text, files }: HbaFiles, major: number): FileRule[] =>
  fileRules(text.toString('utf8'), {
    major,
    files: Object.fromEntries(Object.entries(files).map(([name, content]) => [name, content.toString('utf8')])),
    methods: builtIn,
  });
