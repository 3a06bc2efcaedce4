const requested = process.env.HBA_FILES;

/** Number of generated files per property. `HBA_FILES=100000 npx vitest run app/core/hba-analysis` sets it for each test file and removes the time limit. */
export const filesToTry = (defaultFiles: number, properties: number) => ({
  numRuns: Math.ceil(Number(requested ?? defaultFiles) / properties),
  ...(requested === undefined ? { interruptAfterTimeLimit: 300_000 } : {}),
});

/** Timeout of a test with generated files; 0 means no limit. */
export const patience = { timeout: requested === undefined ? 400_000 : 0 };
