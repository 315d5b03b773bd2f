import { type handleUnaryCall, Server, ServerCredentials } from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

export interface LogLine {
  readonly urn: string;
  readonly severity: number;
  readonly message: string;
  readonly ephemeral: boolean;
}

export class EngineLog {
  private constructor(
    private readonly server: Server,
    readonly address: string,
    readonly lines: LogLine[],
  ) {}

  static async start(): Promise<EngineLog> {
    const server = new Server();
    const lines: LogLine[] = [];
    const log: handleUnaryCall<LogRequest, Empty> = ({ request }, answer) => {
      lines.push({
        urn: request.getUrn(),
        severity: request.getSeverity(),
        message: request.getMessage(),
        ephemeral: request.getEphemeral(),
      });
      answer(null, new Empty());
    };
    server.addService(EngineService, { log });
    const port = await new Promise<number>((done, fail) => {
      server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, at) =>
        error ? fail(error) : done(at),
      );
    });
    return new EngineLog(server, `127.0.0.1:${port}`, lines);
  }

  stop(): void {
    this.server.forceShutdown();
  }
}
