import { createServer } from "node:net";

/** The only address anything here listens on. */
export const loopback = "127.0.0.1";

/** Whether `port` can be listened on right now. */
export async function isFree(port: number): Promise<boolean> {
  return (await probe(port)) !== undefined;
}

/** `preferred` when it is free, so that a kubeconfig stays good across restarts, else a port that the system gives. */
export async function choosePort(preferred: number | undefined): Promise<number> {
  if (preferred !== undefined && (await isFree(preferred))) {
    return preferred;
  }
  const port = await probe(0);
  if (port === undefined) {
    throw new Error(`no free port on ${loopback}`);
  }
  return port;
}

/** Listens on `port` for a moment. Gives the port, or `undefined` when it cannot be had. */
function probe(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => {
      resolve(undefined);
    });
    server.listen({ port, host: loopback, exclusive: true }, () => {
      const address = server.address();
      server.close(() => {
        resolve(address !== null && typeof address === "object" ? address.port : undefined);
      });
    });
  });
}
