/** A failure that the user can act on: its message is a plain sentence and is shown without a stack trace. */
export class Problem extends Error {}

/** Runs a script's main function; a Problem ends it with its message, any other error with its stack. */
export async function main(run) {
  try {
    process.exitCode = (await run()) ?? 0;
  } catch (error) {
    console.error(error instanceof Problem ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}
