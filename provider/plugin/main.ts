import { fstatSync } from "node:fs";
import { Server, ServerCredentials } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { InFlight } from "./answering";
import { Cancellation } from "./cancellation";
import { surroundings } from "./config";
import { engineLog, ResourceLog } from "./log";
import { Plugin } from "./plugin";
import { service } from "./service";

/** Source: `rpcutil` in pulumi/pulumi. */
const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

function main(args: readonly string[]): void {
  // The engine's flags precede it.
  const address = args.at(-1) ?? "";
  const cancellation = new Cancellation();
  const plugin = new Plugin(surroundings(process.env), new ResourceLog(engineLog(address)), cancellation);
  const inFlight = new InFlight();
  const server = new Server({
    "grpc.max_receive_message_length": MAX_MESSAGE_BYTES,
    "grpc.max_send_message_length": MAX_MESSAGE_BYTES,
  });
  server.addService(ResourceProviderService, service(plugin, inFlight));
  server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    process.stdout.write(`${port}\n`);
  });
  const end = (): void => {
    cancellation.cancel();
    void inFlight.end().then(() => process.exit(0));
  };
  process.once("SIGINT", end).once("SIGTERM", end);
  // The pipe closes when the engine is killed.
  if (fstatSync(0).isFIFO() || fstatSync(0).isSocket()) process.stdin.once("end", end).resume();
}

main(process.argv.slice(2));
