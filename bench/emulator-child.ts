import { type EmulatorOptions, startEmulator } from "aixplain-emulator";

/** A separate process, so that its time and memory are measured alone. */
process.once("message", (options: EmulatorOptions) => {
  startEmulator({ ...options, controls: true })
    .then(({ url, syncRunUrl, adminKey }) => process.send?.({ url, syncRunUrl, adminKey }))
    .catch((error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    });
});

process.once("disconnect", () => process.exit(0));
