import { status as codes, Metadata, type sendUnaryData, type ServerUnaryCall } from "@grpc/grpc-js";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { toStruct } from "./marshal";
import { NotReady, Uncertain } from "./provider";

/** A gRPC handler that answers one request with one response. */
export type Handler<Request, Response> = (
  call: ServerUnaryCall<Request, Response>,
  callback: sendUnaryData<Response>,
) => void;

/** A gRPC handler out of a plain function: what it returns is the answer, what it throws is the error. */
export function answer<Request, Response>(
  work: (request: Request) => Response | Promise<Response>,
): Handler<Request, Response> {
  return (call, callback) => {
    void (async () => {
      try {
        callback(null, await work(call.request));
      } catch (error) {
        callback(failure(error));
      }
    })();
  };
}

/** A gRPC handler for what this plugin does not do. */
export function refuse<Request, Response>(name: string, what: string): Handler<Request, Response> {
  return (_call, callback) => {
    callback({
      code: codes.UNIMPLEMENTED,
      details: `the stand-in for the ${name} plugin has no ${what}; install the official plugin for that`,
    });
  };
}

function failure(error: unknown): { code: codes; details: string; metadata: Metadata } {
  const details = error instanceof Error ? error.message : String(error);
  const metadata = new Metadata();
  if (error instanceof NotReady) metadata.add("grpc-status-details-bin", notReady(error));
  // At UNKNOWN the engine notes a pending operation in its state; at the other codes it takes it that nothing was done.
  return { code: error instanceof Uncertain ? codes.UNKNOWN : codes.FAILED_PRECONDITION, details, metadata };
}

/** The detail by which the engine knows that the resource stands although it is not ready. */
function notReady(error: NotReady): Buffer {
  const failed = new ErrorResourceInitFailed();
  failed.setId(error.made.id);
  failed.setProperties(toStruct(error.made.state));
  failed.setInputs(toStruct(error.inputs));
  failed.setReasonsList([...error.reasons]);
  const detail = new Any();
  detail.pack(failed.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const message = new Status();
  message.setCode(codes.FAILED_PRECONDITION);
  message.setMessage(error.message);
  message.addDetails(detail);
  return Buffer.from(message.serializeBinary());
}
