import http from "node:http";
import type { AddressInfo } from "node:net";

/** A server on loopback that answers by path and counts what it was asked. */
export async function startServer(
  answer: (request: http.IncomingMessage, response: http.ServerResponse, body: string) => void,
  address = "127.0.0.1",
) {
  const seen: { method: string; url: string; headers: http.IncomingHttpHeaders; body: string }[] = [];
  let open = 0;
  let mostOpen = 0;
  const server = http.createServer(async (request, response) => {
    mostOpen = Math.max(mostOpen, ++open);
    response.on("close", () => open--);
    let body = "";
    for await (const chunk of request) body += chunk;
    seen.push({ method: request.method ?? "", url: request.url ?? "", headers: request.headers, body });
    answer(request, response, body);
  });
  await new Promise<void>((listening) => server.listen(0, address, listening));
  const port = (server.address() as AddressInfo).port;
  return {
    url: `http://${address}:${port}`,
    port,
    seen,
    mostOpen: () => mostOpen,
    close: () =>
      new Promise<void>((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
