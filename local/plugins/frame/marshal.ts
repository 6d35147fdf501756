import { ListValue, NullValue, Struct, Value as Message } from "google-protobuf/google/protobuf/struct_pb";
import { Files, type Properties, Secret, Unknown, unknown, type Value } from "./values";

// The engine's wire format marks special values by a signature under this key.
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const outputSignature = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const assetSignature = "c44067f5952c0a294b673a41bacd8c17";
const archiveSignature = "0def7320c3a5731c473e5ecbe6d01bc7";

const unknownString = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
/** One for each type that the value will have: bool, number, string, array, asset, archive, object. */
const unknowns = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  unknownString,
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** Properties out of the engine's message. */
export function fromStruct(struct: Struct | undefined): Properties {
  const properties: Properties = {};
  struct?.getFieldsMap().forEach((message, key) => {
    properties[key] = fromMessage(message);
  });
  return properties;
}

/** The engine's message for `properties`; a property that is undefined is left out. */
export function toStruct(properties: Properties): Struct {
  const struct = new Struct();
  const fields = struct.getFieldsMap();
  for (const key of Object.keys(properties)) {
    const value = properties[key];
    if (value !== undefined) fields.set(key, toMessage(value));
  }
  return struct;
}

function fromMessage(message: Message): Value {
  switch (message.getKindCase()) {
    case Message.KindCase.STRING_VALUE: {
      const text = message.getStringValue();
      return unknowns.has(text) ? unknown : text;
    }
    case Message.KindCase.NUMBER_VALUE:
      return message.getNumberValue();
    case Message.KindCase.BOOL_VALUE:
      return message.getBoolValue();
    case Message.KindCase.LIST_VALUE:
      return (message.getListValue()?.getValuesList() ?? []).map(fromMessage);
    case Message.KindCase.STRUCT_VALUE:
      return special(fromStruct(message.getStructValue()));
    default:
      return null;
  }
}

function special(properties: Properties): Value {
  const signature = properties[signatureKey];
  if (signature === undefined) return properties;
  if (signature === secretSignature) return new Secret(properties.value ?? null);
  if (signature === outputSignature) {
    const value = properties.value ?? unknown;
    return properties.secret === true ? new Secret(value) : value;
  }
  if (signature === assetSignature || signature === archiveSignature) {
    const content = Object.entries(properties).filter(([key]) => key !== signatureKey);
    return new Files(signature === assetSignature ? "asset" : "archive", Object.fromEntries(content));
  }
  throw new Error("resource references are not among this plugin's properties");
}

function toMessage(value: Value): Message {
  const message = new Message();
  if (value === null) message.setNullValue(NullValue.NULL_VALUE);
  else if (typeof value === "string") message.setStringValue(value);
  else if (typeof value === "number") message.setNumberValue(value);
  else if (typeof value === "boolean") message.setBoolValue(value);
  else if (value instanceof Unknown) message.setStringValue(unknownString);
  else if (value instanceof Secret) {
    message.setStructValue(toStruct({ [signatureKey]: secretSignature, value: value.value }));
  } else if (value instanceof Files) {
    const signature = value.kind === "asset" ? assetSignature : archiveSignature;
    message.setStructValue(toStruct({ [signatureKey]: signature, ...value.content }));
  } else if (Array.isArray(value)) {
    const list = new ListValue();
    list.setValuesList(value.map(toMessage));
    message.setListValue(list);
  } else message.setStructValue(toStruct(value));
  return message;
}
