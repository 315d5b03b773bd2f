import { type EmulatorOptions, startEmulator } from "aixplain-emulator";

/** An emulator in a process of its own, so that its time and memory are not those of what it is measured against. */
process.once("message", (options: EmulatorOptions) => {
  startEmulator({ ...options, controls: true })
    .then(({ url, syncRunUrl, adminKey }) => process.send?.({ url, syncRunUrl, adminKey }))
    .catch((error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    });
});

// Whoever started it is gone, however that came.
process.once("disconnect", () => process.exit(0));
