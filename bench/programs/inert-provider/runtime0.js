const { randomBytes } = require("node:crypto");

/**
 * A provider without checks and HTTP calls. It compares only the property that the bench changes.
 * The cost of a stack with it is the share of the engine and the dynamic host.
 */
exports.provider = {
  async check(olds, { __provider: _, __autoname: seed, ...news }) {
    const name = olds.name ?? `${seed.slice(seed.indexOf("/") + 1)}-0000000`;
    return { inputs: { name, ...news, __autoname: true } };
  },
  async diff(_id, olds, news) {
    return { changes: olds.budget !== news.budget };
  },
  async create({ __provider: _, __autoname: _auto, ...news }) {
    const accessKey = randomBytes(32).toString("hex");
    const accessKeyHint = `${accessKey.slice(0, 4)}****${accessKey.slice(-4)}`;
    return { id: randomBytes(12).toString("hex"), outs: { ...news, accessKey, accessKeyHint } };
  },
  async read(id, { __provider: _, ...props }) {
    return { id, props };
  },
  async update(_id, { accessKey, accessKeyHint }, { __provider: _, __autoname: _auto, ...news }) {
    return { outs: { ...news, accessKey, accessKeyHint } };
  },
  async delete() {},
};
