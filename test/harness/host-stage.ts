import { type EmulatorOptions, startEmulator } from "../../emulator/src/index";
import type { FrontDoor } from "./front-door";
import { hostDoor } from "./host-door";
import type { HostProcess } from "./host-process";
import { type RunSettings, repeatable, type Stage } from "./stage";

export interface HostStage extends Stage {
  /** Begins a run in another process than the stage's own, where one is given. */
  newRun(settings?: RunSettings, process?: HostProcess): Promise<FrontDoor>;
}

/**
 * The stage as it is in earnest: the dynamic host in its own process, and a platform of its own on real HTTP. The host
 * is the caller's to start and to stop, so that many stages can follow one another in it.
 */
export async function hostStage(host: HostProcess, options: EmulatorOptions = {}): Promise<HostStage> {
  const { options: whole, secrets } = repeatable(options);
  const { controls, adminKey, url, close } = await startEmulator(whole);
  host.forgetTold();
  return {
    controls,
    adminKey,
    url,
    secrets: () => secrets,
    now: Date.now,
    newRun: async ({ apiKey = adminKey, backendUrl = url, driftCheck = true, now } = {}, process = host) => {
      const stub = await process.configure({
        "aixplain:apiKey": apiKey,
        "aixplain:backendUrl": backendUrl,
        "aixplain:driftCheck": String(driftCheck),
        ...(now === undefined ? {} : { "aixplain:now": now }),
      });
      return hostDoor(process, stub);
    },
    told: () => host.told(),
    forgetTold: () => host.forgetTold(),
    close,
  };
}
