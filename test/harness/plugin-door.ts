import proto from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { parseSeed } from "../../provider/core/auto-name";
import { type FrontDoor, type Properties, plain } from "./front-door";
import { refusable } from "./host-door";
import type { PluginProcess } from "./plugin-process";

const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** Takes the marks of secrets off, as the engine does for a person who may see them. */
function revealed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revealed);
  if (typeof value !== "object" || value === null) return value;
  if (SIGNATURE in value && "value" in value) return revealed(value.value);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, revealed(each)]));
}

const properties = (from: Struct | undefined): Properties =>
  revealed(from?.toJavaScript() ?? {}) as Properties;

const struct = (given: object): Struct => Struct.fromJavaScript(plain(given) as never);

export function pluginDoor(plugin: PluginProcess): FrontDoor {
  let urn = "urn:pulumi:test::harness::aixplain:index:ApiKey::key";
  const call = refusable((method) => plugin.call(method), properties);
  return {
    check: async (olds, { __autoname: seed, ...news }) => {
      // The plugin makes the seed of a name itself, of the URN.
      if (typeof seed === "string") urn = urn.replace(/[^:]+$/, parseSeed(seed).logicalName);
      const request = new proto.CheckRequest().setUrn(urn).setOlds(struct(olds)).setNews(struct(news));
      const answer = await call<proto.CheckResponse>((client, done) => client.check(request, done));
      const failures = answer
        .getFailuresList()
        .map((each) => `${each.getProperty()} ${each.getReason()}`.trim());
      return failures.length > 0 ? { failures } : { inputs: properties(answer.getInputs()), failures };
    },
    diff: async (id, olds, news) => {
      const request = new proto.DiffRequest()
        .setId(id)
        .setUrn(urn)
        .setOlds(struct(olds))
        .setNews(struct(news));
      const answer = await call<proto.DiffResponse>((client, done) => client.diff(request, done));
      return {
        changes: answer.getChanges() === proto.DiffResponse.DiffChanges.DIFF_SOME,
        replaces: answer.getReplacesList(),
        deleteBeforeReplace: answer.getDeletebeforereplace(),
      };
    },
    create: async (news) => {
      const request = new proto.CreateRequest().setUrn(urn).setProperties(struct(news));
      const answer = await call<proto.CreateResponse>((client, done) => client.create(request, done));
      return { id: answer.getId(), outs: properties(answer.getProperties()) };
    },
    read: async (id, outs) => {
      const request = new proto.ReadRequest().setId(id).setUrn(urn).setProperties(struct(outs));
      const answer = await call<proto.ReadResponse>((client, done) => client.read(request, done));
      if (answer.getId() === "") return { id: "" };
      const inputs = answer.getInputs();
      return {
        id: answer.getId(),
        props: properties(answer.getProperties()),
        ...(inputs ? { inputs: properties(inputs) } : {}),
      };
    },
    update: async (id, olds, news) => {
      const request = new proto.UpdateRequest()
        .setId(id)
        .setUrn(urn)
        .setOlds(struct(olds))
        .setNews(struct(news));
      const answer = await call<proto.UpdateResponse>((client, done) => client.update(request, done));
      return { outs: properties(answer.getProperties()) };
    },
    delete: async (id, outs) => {
      const request = new proto.DeleteRequest().setId(id).setUrn(urn).setProperties(struct(outs));
      await call((client, done) => client.delete(request, done));
    },
    end: async () => {
      await call((client, done) => client.cancel(new Empty(), done));
    },
  };
}
