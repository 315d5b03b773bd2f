import { ConfigureRequest, type ConfigureResponse } from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type EmulatorOptions, startEmulator } from "../../emulator/src/index";
import { EngineLog } from "./engine-log";
import { pluginDoor } from "./plugin-door";
import { PluginProcess } from "./plugin-process";
import { repeatable, type Stage } from "./stage";

export interface PluginStage extends Stage {
  readonly log: EngineLog;
}

/** The stage of the native plugin: a process for each run, and a platform of its own on real HTTP. */
export async function pluginStage(options: EmulatorOptions = {}): Promise<PluginStage> {
  const { options: whole, secrets } = repeatable(options);
  const { controls, adminKey, url, close } = await startEmulator(whole);
  const log = await EngineLog.start();
  const runs: PluginProcess[] = [];
  return {
    controls,
    adminKey,
    url,
    log,
    secrets: () => secrets,
    now: Date.now,
    newRun: async ({ apiKey = adminKey, backendUrl = url, driftCheck = true, now } = {}) => {
      const config = JSON.stringify({ apiKey, backendUrl, driftCheck: String(driftCheck), now });
      const plugin = await PluginProcess.start(log.address, { PULUMI_CONFIG: config });
      runs.push(plugin);
      const request = new ConfigureRequest().setName("default").setArgs(Struct.fromJavaScript({}));
      await plugin.call<ConfigureResponse>((client, done) => client.configure(request, done));
      return pluginDoor(plugin);
    },
    told: () => log.lines.map(({ message }) => message).join("\n"),
    forgetTold: () => {
      log.lines.length = 0;
    },
    close: async () => {
      await Promise.all(runs.map((run) => run.stop()));
      log.stop();
      await close();
    },
  };
}
