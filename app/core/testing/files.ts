const asked = process.env.HBA_FILES;

/** `HBA_FILES=100000 npx vitest run app/core/access/reach` tries as many files in each test file, however long it takes. */
export const filesToTry = (usual: number, properties: number) => ({
  numRuns: Math.ceil(Number(asked ?? usual) / properties),
  ...(asked === undefined ? { interruptAfterTimeLimit: 300_000 } : {}),
});

/** For a test that tries files; 0 is no limit. */
export const patience = { timeout: asked === undefined ? 400_000 : 0 };
