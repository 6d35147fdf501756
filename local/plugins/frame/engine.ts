import { credentials } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

const severities = {
  debug: LogSeverity.DEBUG,
  info: LogSeverity.INFO,
  warning: LogSeverity.WARNING,
  error: LogSeverity.ERROR,
};

/** What a plugin tells the person at the engine's terminal. */
export interface Engine {
  /** A line that stays. */
  log(severity: keyof typeof severities, message: string, urn?: string): void;
  /** A line beside the resource that the next one replaces. */
  progress(message: string, urn: string): void;
}

/** The engine that listens at `address`. Messages that cannot be delivered are dropped. */
export function connectEngine(address: string): Engine {
  let client: EngineClient | undefined;
  let last = Promise.resolve();
  const send = (severity: LogSeverity, message: string, urn: string, ephemeral: boolean): void => {
    const request = new LogRequest();
    request.setSeverity(severity);
    request.setMessage(message);
    request.setUrn(urn);
    request.setEphemeral(ephemeral);
    // One after the other: sent side by side, the engine may show a newer message before an older one.
    last = last.then(
      () =>
        new Promise((resolve) => {
          // Connecting costs some milliseconds, and most runs have nothing to say.
          client ??= new EngineClient(address, credentials.createInsecure());
          client.log(request, () => {
            resolve();
          });
        }),
    );
  };
  return {
    log: (severity, message, urn = "") => {
      send(severities[severity], message, urn, false);
    },
    progress: (message, urn) => {
      send(LogSeverity.INFO, message, urn, true);
    },
  };
}
