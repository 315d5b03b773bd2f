import type { ServiceError } from "@grpc/grpc-js";
import type { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import proto from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { DYNAMIC_TYPE } from "../../provider/dynamic/stub";
import { type FrontDoor, type Properties, plain, Refusal, type Unfinished } from "./front-door";
import type { HostProcess } from "./host-process";

const URN = `urn:pulumi:test::harness::${DYNAMIC_TYPE}::key`;

const struct = (properties: object): Struct => Struct.fromJavaScript(plain(properties) as never);

const properties = (from: Struct | undefined): Properties => {
  const { __provider: _, ...rest } = (from?.toJavaScript() ?? {}) as Record<string, unknown>;
  return rest;
};

/** A created key that is not as declared travels in the details of the error. */
function unfinished(
  { metadata }: ServiceError,
  properties: (from: Struct | undefined) => Properties,
): Unfinished | undefined {
  const details = metadata.get("grpc-status-details-bin")[0];
  if (!Buffer.isBuffer(details)) return undefined;
  const failed = Status.deserializeBinary(details)
    .getDetailsList()[0]
    ?.unpack(
      (bytes) => proto.ErrorResourceInitFailed.deserializeBinary(bytes),
      "pulumirpc.ErrorResourceInitFailed",
    );
  if (!failed) return undefined;
  return {
    id: failed.getId(),
    properties: properties(failed.getProperties()),
    reasons: failed.getReasonsList(),
  };
}

type Call = <T>(
  method: (
    client: ResourceProviderClient,
    answer: (error: ServiceError | null, response: T) => void,
  ) => unknown,
) => Promise<T>;

export const refusable =
  (call: Call, properties: (from: Struct | undefined) => Properties): Call =>
  async (method) => {
    try {
      return await call(method);
    } catch (error) {
      if (!isServiceError(error)) throw error;
      throw new Refusal(error.details, unfinished(error, properties), { cause: error });
    }
  };

const isServiceError = (error: unknown): error is ServiceError =>
  error instanceof Error && "details" in error && "metadata" in error;

/** The engine's side of the dynamic host. `stub` is the source text that names the provider, as the state holds it. */
export function hostDoor(host: HostProcess, stub: string): FrontDoor {
  const withProvider = (given: Properties): Struct => struct({ ...given, __provider: stub });
  const call = refusable((method) => host.call(method), properties);
  return {
    check: async (olds, news) => {
      const request = new proto.CheckRequest();
      request.setUrn(URN);
      request.setOlds(Object.keys(olds).length === 0 ? struct({}) : withProvider(olds));
      request.setNews(withProvider(news));
      const answer = await call<proto.CheckResponse>((client, done) => client.check(request, done));
      const failures = answer
        .getFailuresList()
        .map((each) => `${each.getProperty()} ${each.getReason()}`.trim());
      return failures.length > 0 ? { failures } : { inputs: properties(answer.getInputs()), failures };
    },
    diff: async (id, olds, news) => {
      const request = new proto.DiffRequest();
      request.setId(id);
      request.setUrn(URN);
      request.setOlds(withProvider(olds));
      request.setNews(withProvider(news));
      const answer = await call<proto.DiffResponse>((client, done) => client.diff(request, done));
      return {
        changes: answer.getChanges() === proto.DiffResponse.DiffChanges.DIFF_SOME,
        replaces: answer.getReplacesList(),
        deleteBeforeReplace: answer.getDeletebeforereplace(),
      };
    },
    create: async (news) => {
      const request = new proto.CreateRequest();
      request.setUrn(URN);
      request.setProperties(withProvider(news));
      const answer = await call<proto.CreateResponse>((client, done) => client.create(request, done));
      return { id: answer.getId(), outs: properties(answer.getProperties()) };
    },
    read: async (id, outs) => {
      const request = new proto.ReadRequest();
      request.setId(id);
      request.setUrn(URN);
      request.setProperties(withProvider(outs));
      const answer = await call<proto.ReadResponse>((client, done) => client.read(request, done));
      if (answer.getId() === "") return { id: "" };
      // Absent inputs mean to the engine that they stay as they are, empty ones that there are none.
      const inputs = answer.getInputs();
      return {
        id: answer.getId(),
        props: properties(answer.getProperties()),
        ...(inputs ? { inputs: properties(inputs) } : {}),
      };
    },
    update: async (id, olds, news) => {
      const request = new proto.UpdateRequest();
      request.setId(id);
      request.setUrn(URN);
      request.setOlds(withProvider(olds));
      request.setNews(withProvider(news));
      const answer = await call<proto.UpdateResponse>((client, done) => client.update(request, done));
      return { outs: properties(answer.getProperties()) };
    },
    delete: async (id, outs) => {
      const request = new proto.DeleteRequest();
      request.setId(id);
      request.setUrn(URN);
      request.setProperties(withProvider(outs));
      await call((client, done) => client.delete(request, done));
    },
    end: () => host.end(),
  };
}
