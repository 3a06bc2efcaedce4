let files: Readonly<Record<string, string>> | undefined;

/** The text of a file that the one-file build contains; in other builds, the page requests it from the server. */
export function embeddedFile(path: string): string | undefined {
  files ??= JSON.parse(document.getElementById('embedded-files')?.textContent ?? '{}') as Record<string, string>;
  return files[path];
}
