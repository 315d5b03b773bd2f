import { type EmulatorOptions, startEmulator } from "../../emulator/src/index";
import { hostDoor } from "./host-door";
import type { HostProcess } from "./host-process";
import { repeatable, type Stage } from "./stage";

/**
 * The stage as it is in earnest: the dynamic host in its own process, and a platform of its own on real HTTP. The host
 * is the caller's to start and to stop, so that many stages can follow one another in it.
 */
export async function hostStage(host: HostProcess, options: EmulatorOptions = {}): Promise<Stage> {
  const { options: whole, accessKeys } = repeatable(options);
  const { controls, adminKey, url, close } = await startEmulator(whole);
  host.forgetTold();
  return {
    controls,
    adminKey,
    url,
    secrets: () => [adminKey, ...accessKeys],
    newRun: async ({ apiKey = adminKey, backendUrl = url, driftCheck = true } = {}) => {
      const stub = await host.configure({
        "aixplain:apiKey": apiKey,
        "aixplain:backendUrl": backendUrl,
        "aixplain:driftCheck": String(driftCheck),
      });
      return hostDoor(host, stub);
    },
    told: () => host.told(),
    forgetTold: () => host.forgetTold(),
    close,
  };
}
