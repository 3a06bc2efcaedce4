import { dirname } from 'node:path';
import ts from 'typescript';

/**
 * Whether a file still compiles when its text is changed. Only the file itself is checked, not those that import it.
 * @param {string} project path of a tsconfig
 * @returns {(path: string, text: string) => boolean}
 */
export function compiler(project) {
  const { config } = ts.readConfigFile(project, ts.sys.readFile);
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, dirname(project));
  let changed = { path: '', text: '', version: 0 };
  const textOf = (path) => (path === changed.path ? changed.text : ts.sys.readFile(path));
  const service = ts.createLanguageService(
    {
      getCompilationSettings: () => ({ ...options, noEmit: true, noUnusedLocals: false, noUnusedParameters: false }),
      getScriptFileNames: () => fileNames,
      getScriptVersion: (path) => (path === changed.path ? `${changed.version}` : '0'),
      getScriptSnapshot: (path) => {
        const text = textOf(path);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      getCurrentDirectory: () => dirname(project),
      getDefaultLibFileName: ts.getDefaultLibFilePath,
      fileExists: ts.sys.fileExists,
      readFile: ts.sys.readFile,
      directoryExists: ts.sys.directoryExists,
      getDirectories: ts.sys.getDirectories,
    },
    ts.createDocumentRegistry(),
  );
  return (path, text) => {
    changed = { path, text, version: changed.version + 1 };
    return service.getSyntacticDiagnostics(path).length === 0 && service.getSemanticDiagnostics(path).length === 0;
  };
}
