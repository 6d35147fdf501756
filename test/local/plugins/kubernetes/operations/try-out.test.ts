import assert from "node:assert/strict";

import { ApiError } from "../../../../../local/plugins/kubernetes/api/api-error";
import type { Kind } from "../../../../../local/plugins/kubernetes/api/discovery";
import type { Applied, Place } from "../../../../../local/plugins/kubernetes/api/objects";
import type { Session } from "../../../../../local/plugins/kubernetes/cluster/session";
import { tryOut } from "../../../../../local/plugins/kubernetes/operations/try-out";

describe("trying out what goes into a namespace that is not there", () => {
  const NAMESPACE: Kind = { apiVersion: "v1", kind: "Namespace", plural: "namespaces", namespaced: false };
  const SECRET: Kind = { apiVersion: "v1", kind: "Secret", plural: "secrets", namespaced: true };

  /** A cluster that has but the namespace `default`; `asked` lists where objects were tried. */
  function cluster(): { readonly session: Session; readonly asked: string[] } {
    const asked: string[] = [];
    const apply = (place: Place, object: object): Promise<Applied> => {
      asked.push(`${place.namespace}/${place.name}`);
      const missing = new ApiError(
        404,
        { details: { kind: "namespaces", name: place.namespace } },
        "no such namespace",
      );
      return place.namespace === "instance"
        ? Promise.reject(missing)
        : Promise.resolve({ object: { ...object }, created: true });
    };
    const session = { objects: { apply }, missingNamespaces: new Set(), settings: {} } as unknown as Session;
    return { session, asked };
  }

  async function attempt(session: Session, kind: Kind, name: string, namespace = ""): Promise<void> {
    const metadata = { name, ...(kind.namespaced && { namespace }) };
    const body = { apiVersion: kind.apiVersion, kind: kind.kind, metadata };
    await tryOut(
      session,
      { inputs: body, body, place: { kind, namespace, name }, force: false },
      "pulumi",
      true,
    );
  }

  it("asks for the namespace once", async () => {
    const { session, asked } = cluster();
    await attempt(session, SECRET, "first", "instance");
    await attempt(session, SECRET, "second", "instance");
    assert.deepEqual(asked, ["instance/first", "default/first", "default/second"]);
  });

  it("does not ask for a namespace that was only just tried out itself", async () => {
    const { session, asked } = cluster();
    await attempt(session, NAMESPACE, "instance");
    await attempt(session, SECRET, "first", "instance");
    assert.deepEqual(asked, ["/instance", "default/first"]);
  });
});
