/**
 * Loaded into a provider process with `--require`: a bug that nobody foresaw. The clock throws where PLANTED_IN is on the
 * stack below the provider's own code, with PLANTED_SECRET in the message, in the cause and in what hangs on the error.
 */
const { now } = Date;
const { PLANTED_IN: place = "", PLANTED_SECRET: secret = "" } = process.env;

Date.now = () => {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 50;
  const { stack } = new Error("where");
  Error.stackTraceLimit = stackTraceLimit;
  if (!stack.includes("runtime.js") || !stack.includes(place)) return now();
  const cause = new RangeError(`below, with ${secret}`);
  throw Object.assign(new TypeError(`planted, with ${secret}`, { cause }), { config: { headers: secret } });
};
