import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import type { IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb";
import {
  CheckFailure,
  CheckResponse,
  ConfigureResponse,
  DiffResponse,
  GetSchemaResponse,
  type InvokeRequest,
  InvokeResponse,
  ProviderHandshakeResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { AixplainError, problemsInWords } from "../core/errors";
import { VERSION } from "../version";
import { answering, type InFlight } from "./answering";
import { checkConfig, configChanged } from "./config";
import { engineLog } from "./log";
import type { Plugin } from "./plugin";
import { schema } from "./schema";
import { Received, toStruct } from "./values";

const { DIFF_NONE, DIFF_SOME } = DiffResponse.DiffChanges;

/** The implemented methods. The engine is told that the others do not exist. */
type Served = Pick<
  IResourceProviderServer,
  | "handshake"
  | "attach"
  | "getPluginInfo"
  | "getSchema"
  | "checkConfig"
  | "diffConfig"
  | "configure"
  | "invoke"
  | "check"
  | "diff"
  | "create"
  | "read"
  | "update"
  | "delete"
  | "cancel"
>;

function handshake(): ProviderHandshakeResponse {
  return new ProviderHandshakeResponse().setAcceptSecrets(true).setSupportsAutonamingConfiguration(true);
}

const configured = (): ConfigureResponse =>
  new ConfigureResponse()
    .setAcceptsecrets(true)
    .setSupportspreview(true)
    .setSupportsAutonamingConfiguration(true);

/** Without the property: the engine would print its value, even a secret one. */
const failuresOf = (reasons: readonly string[]): CheckFailure[] =>
  reasons.map((reason) => new CheckFailure().setReason(reason));

/** An error, not a list of failures: the SDKs print the property of a failure in brackets, and here there is none. */
async function invoke(plugin: Plugin, request: InvokeRequest): Promise<InvokeResponse> {
  const answer = await plugin.functions.call(request.getTok(), Received.from(request.getArgs()).values);
  if ("value" in answer) return new InvokeResponse().setReturn(toStruct(answer.value));
  throw new AixplainError(problemsInWords(answer.problems));
}

export function service(plugin: Plugin, inFlight: InFlight): UntypedServiceImplementation {
  const { unary, onResource } = answering(plugin, inFlight);
  const served: Served = {
    handshake: unary((request) => {
      plugin.log.attach(engineLog(request.getEngineAddress()));
      return handshake();
    }),
    attach: unary((request) => {
      plugin.log.attach(engineLog(request.getAddress()));
      return new Empty();
    }),
    getPluginInfo: unary(() => new PluginInfo().setVersion(VERSION)),
    getSchema: unary(() => new GetSchemaResponse().setSchema(JSON.stringify(schema()))),
    checkConfig: unary((request) => {
      const given = Received.from(request.getNews()).values;
      const { inputs, problems } = checkConfig(request.getName(), given, plugin.around);
      return new CheckResponse().setInputs(toStruct(inputs)).setFailuresList(failuresOf(problems));
    }),
    diffConfig: unary((request) => {
      const olds = Received.from(request.getOldInputs()).values;
      const news = Received.from(request.getNews()).values;
      return new DiffResponse().setChanges(configChanged(olds, news) ? DIFF_SOME : DIFF_NONE);
    }),
    configure: unary((request) => {
      plugin.configure(request);
      return configured();
    }),
    invoke: unary((request) => invoke(plugin, request)),
    check: onResource((request) => plugin.apiKeys.check(request)),
    diff: onResource((request) => plugin.apiKeys.diff(request)),
    create: onResource((request) => plugin.apiKeys.create(request)),
    read: onResource((request) => plugin.apiKeys.read(request)),
    update: onResource((request) => plugin.apiKeys.update(request)),
    delete: onResource(async (request) => {
      await plugin.apiKeys.delete(request);
      return new Empty();
    }),
    // The engine also cancels at the end of every run, after all resources were seen.
    cancel: ({ request: _ }, answer) => {
      const wholeRun = inFlight.isEmpty;
      plugin.cancel();
      const done = (): void => answer(null, new Empty());
      if (wholeRun) plugin.end().then(done, done);
      else done();
    },
  };
  return { ...served };
}
