import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import type { IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { connectEngine } from "./engine";
import { answer, type Handler, refuse } from "./handlers";
import { fromStruct, toStruct } from "./marshal";
import type { Provider } from "./provider";
import { checkRequest, checkResponse, diffRequest, diffResponse, invokeResponse, target } from "./requests";

/** The gRPC methods of `provider`; `address` is where its engine listens. */
export function service(provider: Provider, address: string): IResourceProviderServer {
  let engine = connectEngine(address);
  return {
    handshake: answer((request: proto.ProviderHandshakeRequest) => {
      engine = connectEngine(request.getEngineAddress());
      const response = new proto.ProviderHandshakeResponse();
      response.setAcceptSecrets(true);
      response.setSupportsAutonamingConfiguration(true);
      return response;
    }),
    attach: answer(() => new Empty()),
    getPluginInfo: answer(() => {
      const info = new PluginInfo();
      info.setVersion(provider.version);
      return info;
    }),
    getSchema: answer(() => {
      const response = new proto.GetSchemaResponse();
      const { name, version, description } = provider;
      response.setSchema(JSON.stringify({ name, version, description }));
      return response;
    }),
    configure: answer(async (request: proto.ConfigureRequest) => {
      engine.log("debug", provider.description);
      await provider.configure(fromStruct(request.getArgs()), engine);
      const response = new proto.ConfigureResponse();
      response.setAcceptsecrets(true);
      response.setSupportspreview(true);
      response.setSupportsAutonamingConfiguration(true);
      return response;
    }),
    cancel: answer(() => {
      provider.cancel();
      return new Empty();
    }),
    ...resources(provider),
    ...absent(provider.name),
    ...functions(provider),
  };
}

type Resources = Pick<
  IResourceProviderServer,
  "checkConfig" | "diffConfig" | "check" | "diff" | "create" | "read" | "update" | "delete"
>;

function resources(provider: Provider): Resources {
  return {
    checkConfig: answer(async (request) => checkResponse(await provider.checkConfig(checkRequest(request)))),
    diffConfig: answer(async (request) => diffResponse(await provider.diffConfig(diffRequest(request)))),
    check: answer(async (request) => checkResponse(await provider.check(checkRequest(request)))),
    diff: answer(async (request) => diffResponse(await provider.diff(diffRequest(request)))),
    create: answer(async (request: proto.CreateRequest) => {
      const made = await provider.create({
        ...target(request),
        inputs: fromStruct(request.getProperties()),
        timeoutSeconds: request.getTimeout(),
        preview: request.getPreview(),
      });
      const response = new proto.CreateResponse();
      response.setId(made.id);
      response.setProperties(toStruct(made.state));
      return response;
    }),
    read: answer(async (request: proto.ReadRequest) => {
      const read = await provider.read({
        ...target(request),
        id: request.getId(),
        state: fromStruct(request.getProperties()),
        inputs: fromStruct(request.getInputs()),
      });
      const response = new proto.ReadResponse();
      if (read === undefined) return response;
      response.setId(read.id);
      response.setProperties(toStruct(read.state));
      response.setInputs(toStruct(read.inputs));
      return response;
    }),
    update: answer(async (request: proto.UpdateRequest) => {
      const made = await provider.update({
        ...target(request),
        id: request.getId(),
        state: fromStruct(request.getOlds()),
        oldInputs: fromStruct(request.getOldInputs()),
        news: fromStruct(request.getNews()),
        timeoutSeconds: request.getTimeout(),
        ignoreChanges: request.getIgnorechangesList(),
        preview: request.getPreview(),
      });
      const response = new proto.UpdateResponse();
      response.setProperties(toStruct(made.state));
      return response;
    }),
    delete: answer(async (request: proto.DeleteRequest) => {
      await provider.delete({
        ...target(request),
        id: request.getId(),
        state: fromStruct(request.getProperties()),
        timeoutSeconds: request.getTimeout(),
      });
      return new Empty();
    }),
  };
}

/** The functions of a package, refused one by one where the plugin has none. */
function functions(provider: Provider): Pick<IResourceProviderServer, "invoke"> {
  return {
    invoke: (call, callback) => {
      const token = call.request.getTok();
      const args = fromStruct(call.request.getArgs());
      const result = provider.invoke?.bind(provider, { token, args });
      const handler: Handler<proto.InvokeRequest, proto.InvokeResponse> =
        result === undefined
          ? refuse(provider.name, `function ${token}`)
          : answer(async () => invokeResponse(await result()));
      handler(call, callback);
    },
  };
}

type Absent = Pick<
  IResourceProviderServer,
  "parameterize" | "call" | "construct" | "getMapping" | "getMappings"
>;

function absent(name: string): Absent {
  return {
    parameterize: refuse(name, "parameters"),
    call: refuse(name, "methods"),
    construct: (call, callback) => {
      const what = `component ${call.request.getType()}`;
      refuse<proto.ConstructRequest, proto.ConstructResponse>(name, what)(call, callback);
    },
    getMapping: refuse(name, "mappings"),
    getMappings: refuse(name, "mappings"),
  };
}
