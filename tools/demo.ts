/** `npm run demo`: runs the steps of the platform's guide. Exits non-zero if a step differs. */
import { demo, FailedCheckError } from "./demo/index";
import { stdoutTerminal } from "./demo/terminal";

const started = Date.now();

demo(stdoutTerminal).then(
  () => process.stdout.write(`\nEvery check passed, in ${Math.round((Date.now() - started) / 1000)} s.\n`),
  (error: unknown) => {
    const known = error instanceof FailedCheckError;
    process.stderr.write(
      `\nThe demo failed: ${known ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
    );
    process.exitCode = 1;
  },
);
