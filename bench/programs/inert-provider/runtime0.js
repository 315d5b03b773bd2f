const { randomBytes } = require("node:crypto");

/**
 * A provider that does nothing at all: no check, no HTTP, no comparison but of the one property that the bench changes.
 * What a stack costs with it is the engine's and the dynamic host's own share.
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
