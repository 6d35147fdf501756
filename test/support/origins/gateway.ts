import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * A proxy for HTTPS, as a machine has it that reaches registries through nothing else: it shows what a registry of this
 * machine holds in place of another.
 */
export class RegistryGateway {
  private constructor(
    private readonly server: Server,
    /** What belongs into `HTTPS_PROXY`. */
    readonly url: string,
  ) {}

  /**
   * @param shown - Registry whose images are asked for, such as `quay.io`; nothing else is reached.
   * @param address - Where they are: `127.0.0.1:5000`.
   */
  static async start(shown: string, address: string): Promise<RegistryGateway> {
    const server = createServer((request, response) => {
      void answer(request, response, shown, address);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new RegistryGateway(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }
}

async function answer(
  { url = "", headers, method = "GET" }: IncomingMessage,
  response: ServerResponse,
  shown: string,
  address: string,
): Promise<void> {
  const wanted = URL.canParse(url) ? new URL(url) : undefined;
  if (wanted?.hostname !== shown || method !== "GET") {
    response.writeHead(403).end("not from here");
    return;
  }
  const accept = headers.accept ?? "*/*";
  const found = await fetch(`http://${address}${wanted.pathname}${wanted.search}`, { headers: { accept } });
  const passed = ["content-type", "docker-content-digest"].flatMap((name) => {
    const value = found.headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  response.writeHead(found.status, Object.fromEntries(passed)).end(Buffer.from(await found.arrayBuffer()));
}
