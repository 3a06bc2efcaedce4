import { say } from '../../../messages/message.ts';
import type { AccessModel } from '../../../model/model.ts';
import { validatorLibraries } from '../../../plan/reading.ts';
import { powershell, psWord } from '../../../quote/powershell.ts';
import { sh, shWord } from '../../../quote/sh.ts';
import { sql, sqlIdentifier } from '../../../quote/sql.ts';
import type { FileOutline, Machine } from '../../file.ts';
import { bindFileOn, bindsOf } from '../../postgres/bind-password.ts';
import { isOwnSet } from '../apply/host.ts';
import { directorySteps } from './directory.ts';
import { hostFileSteps, hostNameSteps } from './host-names.ts';
import { issuerStep } from './oauth.ts';
import { type Placing, placing } from './placing.ts';
import type { Step } from './step.ts';

/**
 * Rows with errors in the server's view of its files. `type` is null on each rejected record, even if `error` is null;
 * and `error` alone would list every hostssl record while TLS is still off, although those are valid.
 */
const CHECK_RECORDS = 'SELECT line_number, error FROM pg_hba_file_rules WHERE type IS NULL';
/** Before the reload: until then the server reads the rules with its present oauth_validator_libraries. */
const CHECK_OTHER_RECORDS = `${CHECK_RECORDS} AND coalesce(error, '') NOT LIKE '%oauth_validator_libraries%'`;
const RELOAD = 'SELECT pg_reload_conf()';
const CHECK_SETTINGS =
  "SELECT sourcefile, sourceline, name, error FROM pg_file_settings WHERE error IS NOT NULL AND error <> 'setting could not be applied'";

/** What psql prints for both, as it is set up by default. */
const NO_ERRORS = [
  ' sourcefile | sourceline | name | error',
  '------------+------------+------+-------',
  '(0 rows)',
  '',
  ' line_number | error',
  '-------------+-------',
  '(0 rows)',
];

/** A file of a machine other than the database server: a script is run, a file with a target is copied there. */
export function fileSteps(machine: Machine, file: FileOutline): Step[] {
  if (file.purpose === 'undo' || file.purpose === 'part') return [];
  const { guide } = file;
  const shown = {
    title: titleOf(file),
    file: file.path,
    text: [file.title, file.prepare, guide?.asks].flatMap((message) => message?.text ?? []),
  };
  if (file.run) return file.run.length === 0 ? [] : [{ ...shown, commands: file.run }];
  if (file.target === undefined) {
    const run = runs(machine, file);
    if (run) return [{ ...shown, ...run, ...(guide?.after && { after: [guide.after.text] }) }];
    return [
      {
        title: titleOf(file),
        file: file.path,
        text: [say('guide.read', { title: file.title.text, path: file.path }).text],
      },
    ];
  }
  const install = sh`sudo install -D -m ${shWord((file.mode ?? 0o644).toString(8).padStart(4, '0'))} ${shWord(file.path)} ${shWord(file.target)}`;
  return [{ ...shown, commands: [install, ...(file.reader?.byHand?.use?.(file.target) ?? [])] }];
}

/** The title of a file's step: the action, or else the file name. */
const titleOf = ({ path, guide }: FileOutline): string => guide?.title?.text ?? path.slice(path.lastIndexOf('/') + 1);

/**
 * How a script is run; undefined for other files. On your own machine it needs no root; it uses your existing logins.
 */
export function runs(
  machine: Machine,
  { path, language }: FileOutline,
): Required<Pick<Step, 'language' | 'commands'>> | undefined {
  if (language === 'powershell')
    return {
      language,
      commands: [powershell`powershell -ExecutionPolicy Bypass -File ${psWord(path.replaceAll('/', '\\'))}`],
    };
  if (language !== 'sh') return undefined;
  return {
    language,
    commands: [machine === 'your-machine' ? sh`bash ${shWord(path)}` : sh`sudo bash ${shWord(path)}`],
  };
}

/** The files of the database server, each installed by hand, and the reload of PostgreSQL. */
export function serverFiles(model: AccessModel, files: readonly FileOutline[]): Step[] {
  const place = placing(model);
  const targets = files.flatMap((file) => (file.target !== undefined && isOwnSet(file) ? [file.target] : []));
  const first = files.filter(({ phase }) => phase === 'first');
  const { port } = model.plan.server;
  const tokens = validatorLibraries(model.plan, 'primary').length > 0;
  const presentPort = port === 5432 ? [] : [say('guide.checkPort', { port }).text];
  return [
    ...bindSteps(model),
    ...first.flatMap((file) => fileSteps('database-server', file)),
    ...(place.byHand
      ? [
          {
            title: say('guide.backup').text,
            language: place.language,
            commands: targets.flatMap(place.byHand.keep),
          },
        ]
      : []),
    ...files
      .filter(({ phase }) => phase !== 'database' && phase !== 'first')
      .flatMap((file) => serverStep(place, file)),
    ...hostFileSteps(model, place),
    {
      title: say('guide.checkTitle').text,
      text: [say('guide.check').text, ...(tokens ? [say('guide.checkOauth').text] : []), ...presentPort],
      language: place.language,
      commands: [place.psql(CHECK_SETTINGS), place.psql(tokens ? CHECK_OTHER_RECORDS : CHECK_RECORDS)],
      after: [say('guide.checkExpected').text],
      output: NO_ERRORS,
    },
    ...(tokens ? reloadSteps(place, presentPort) : []),
    {
      title: say('guide.restartTitle').text,
      text: [say('guide.restart').text],
      language: place.language,
      commands: [model.platform.restart],
    },
  ];
}

/**
 * Loads the new oauth_validator_libraries and checks all rules with it, before the restart: a server that runs keeps
 * its rules if it rejects the file, but one that starts with such a file stops (`postmaster.c`, load_hba).
 */
const reloadSteps = (place: Placing, presentPort: readonly string[]): Step[] => [
  {
    title: say('guide.reloadTitle').text,
    text: [say('guide.reload').text, ...presentPort],
    language: place.language,
    commands: [place.psql(RELOAD)],
  },
  {
    title: say('guide.checkAgainTitle').text,
    text: [say('guide.checkAgain').text, ...presentPort],
    language: place.language,
    commands: [place.psql(CHECK_RECORDS)],
    after: [say('guide.checkAgainExpected').text],
    output: NO_ERRORS.slice(4),
  },
];

/** The password files, if no script creates them. */
function bindSteps(model: AccessModel): Step[] {
  const binds = model.platform.platform === 'windows' ? bindsOf(model, 'database-server') : [];
  if (binds.length === 0) return [];
  const values = {
    files: binds.map((bind) => bindFileOn(model, bind)).join(', '),
    names: binds.map(({ dn }) => dn).join(', '),
  };
  return [{ title: say('guide.step.bindPassword').text, text: [say('guide.bindWindows', values).text] }];
}

/** The steps of the database server once PostgreSQL has its files, for both ways of installing them. */
export function databaseSteps(model: AccessModel, files: readonly FileOutline[]): Step[] {
  const place = placing(model);
  return [
    ...directorySteps(model).map(({ title, text, commands }) => ({
      title: title.text,
      text: [text.text],
      commands,
    })),
    ...issuerStep(model),
    ...hostNameSteps(model, place),
    ...files
      .filter(({ phase }) => phase === 'database')
      .flatMap((file) => [
        {
          title: titleOf(file),
          file: file.path,
          text: [file.title.text],
          language: place.language,
          commands: [place.runSql(file.path)],
          ...(file.guide?.after && { after: [file.guide.after.text] }),
        },
        ...passwordStep(place, file.guide?.passwords ?? []),
      ]),
  ];
}

const passwordStep = (place: Placing, roles: readonly string[]): Step[] =>
  roles.length === 0
    ? []
    : [
        {
          title: say('guide.passwordsTitle').text,
          text: [say('guide.passwords').text],
          language: place.language,
          commands: roles.map((name) => place.prompt(sql`\password ${sqlIdentifier(name)}`)),
        },
      ];

function serverStep(place: Placing, file: FileOutline): Step[] {
  const shown = { title: titleOf(file), file: file.path };
  const about = file.title.text;
  const { language } = place;
  if (file.purpose === 'alternative')
    return [{ ...shown, text: [about, say('guide.alternative', { path: file.path }).text] }];
  if (file.server === 'include')
    return [{ ...shown, text: [about, say('guide.append').text], language, commands: place.append(file) }];
  if (file.server === 'compose')
    return [
      {
        ...shown,
        text: [about, say('guide.compose').text],
        commands: [
          sh`sudo install -o root -g root -m 0644 ${shWord(file.path)} compose.postern.yaml`,
          sh`docker compose -f compose.yaml -f compose.postern.yaml up -d`,
        ],
      },
    ];
  if (file.merged) {
    const how = say(file.server === 'map' ? 'guide.mergedMap' : 'guide.merged', { path: file.path });
    return [{ ...shown, text: [about, how.text] }];
  }
  if (file.target !== undefined && isOwnSet(file))
    return [{ ...shown, text: [about], language, commands: place.install(file, file.target) }];
  return fileSteps('database-server', file);
}
