import Fastify from "fastify";

/** The emulator's HTTP server with a constant answer: the cost without any decision. */
process.once("message", (answer: string) => {
  const server = Fastify();
  server.post("/run", (_request, reply) => reply.type("application/json; charset=utf-8").send(answer));
  server
    .listen({ port: 0, host: "127.0.0.1" })
    .then((url) => process.send?.({ url }))
    .catch((error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    });
});

process.once("disconnect", () => process.exit(0));
