import { networkInterfaces } from "node:os";

const EVERY_ADDRESS = ["0.0.0.0", "::", "[::]"];
const isLoopback = (host: string): boolean => /^(localhost|127\.|::1$|\[::1\]$)/.test(host);

export function reachableAddresses(host: string | undefined, url: string): string[] {
  if (host === undefined || isLoopback(host)) return [];
  if (!EVERY_ADDRESS.includes(host)) return [url];
  const { port } = new URL(url);
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(
      ({ internal, family, scopeid }) => !internal && (host !== "0.0.0.0" || family === "IPv4") && !scopeid,
    )
    .map(({ address, family }) => `http://${family === "IPv6" ? `[${address}]` : address}:${port}`);
}
