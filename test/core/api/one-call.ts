import { axiosTransport } from "../../../provider/api/http";

/**
 * A program of its own: one call over the transport, with the environment that it was started in. Node.js reads
 * NODE_EXTRA_CA_CERTS at its start only.
 */
const [baseUrl = "", apiKey = ""] = process.argv.slice(2);

axiosTransport({ baseUrl, apiKey })({
  method: "POST",
  path: "/sdk/api-keys",
  body: { name: "BODY-CANARY" },
}).then(
  ({ status, body }) => process.stdout.write(JSON.stringify({ status, body })),
  (error: unknown) => process.stdout.write(JSON.stringify({ error: String(error) })),
);
