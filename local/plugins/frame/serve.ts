import { Server, ServerCredentials } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { endWithEngine } from "./lifetime";
import type { Provider } from "./provider";
import { service } from "./service";

/** As many as the engine itself accepts; a big Secret or a stack of logs does not fit into gRPC's usual 4 MB. */
const maxMessageBytes = 400 * 1024 * 1024;

/**
 * Serves `provider` to the engine that started this process with its address as an argument: listens on a free
 * loopback port, prints it on standard output, and ends when the engine ends.
 */
export function serve(provider: Provider): void {
  const address = process.argv.slice(2).find((argument) => !argument.startsWith("-")) ?? "";
  endWithEngine(() => process.exit(0));
  process.on("SIGINT", () => process.exit(0));
  process.on("SIGTERM", () => process.exit(0));

  const server = new Server({
    "grpc.max_receive_message_length": maxMessageBytes,
    "grpc.max_send_message_length": maxMessageBytes,
  });
  server.addService(ResourceProviderService, service(provider, address));
  server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
    if (error !== null) {
      process.stderr.write(`the stand-in for the ${provider.name} plugin cannot listen: ${error.message}\n`);
      process.exit(1);
    }
    process.stdout.write(`${port}\n`);
  });
}
