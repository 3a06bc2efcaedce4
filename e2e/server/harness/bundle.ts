/** A file of the bundle, as the core renders it or as an unpacked archive contains it. */
export interface ProvenFile {
  readonly path: string;
  readonly content: string;
  readonly mode?: number;
  /** Absolute path on its machine. */
  readonly target?: string;
}

export type Files = readonly ProvenFile[];

/** The file at that path in the archive; a bundle without it cannot be tested. */
export function fileAt(files: Files, path: string): ProvenFile {
  const file = files.find((one) => one.path === path);
  if (!file) throw new Error(`The bundle has no ${path}. It has: ${files.map((one) => one.path).join(', ')}`);
  return file;
}

/** The file with that name, anywhere in the archive. */
export function fileNamed(files: Files, name: string): ProvenFile | undefined {
  return files.find((one) => one.path === name || one.path.endsWith(`/${name}`));
}

export const settingsFile = (files: Files): ProvenFile => fileAt(files, 'database-server/conf.d/postern.conf');
export const rolesFile = (files: Files): ProvenFile => fileAt(files, 'database-server/roles.sql');
