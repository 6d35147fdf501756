import assert from "node:assert/strict";

import type { ClusterAnswer, Method } from "../../../../cli/cluster";
import { CONTROL_NAMESPACE } from "../../../../cli/instances/record";

const PREFIX = `/apis/coordination.k8s.io/v1/namespaces/${CONTROL_NAMESPACE}/leases`;

/** A stored Lease. */
export interface StoredLease {
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: {
    readonly holderIdentity?: string;
    readonly leaseDurationSeconds?: number;
    readonly renewTime?: string;
  };
}

/** The leases of an API server: versions, conflicts, preconditions and checks as the real one has them. */
export class FakeLeases {
  readonly stored = new Map<string, StoredLease>();
  #version = 0;

  constructor(
    private readonly now: () => number,
    /** Told what is about to be written, and what was there. */
    private readonly onWrite: (next: StoredLease, before: StoredLease | undefined) => void = () => undefined,
  ) {}

  answer(method: Method, path: string, body?: unknown): ClusterAnswer {
    // The header tells whole seconds.
    const date = Math.floor(this.now() / 1000) * 1000;
    return { ...this.#answer(method, path, body as StoredLease), date };
  }

  #answer(method: Method, path: string, body: StoredLease): ClusterAnswer {
    const [place = "", query] = path.split("?");
    assert.ok(place.startsWith(PREFIX), path);
    const name = place.slice(PREFIX.length + 1);
    const there = this.stored.get(name);
    if (method === "GET" && name === "") {
      assert.equal(query, "labelSelector=packit.dev%2Flease");
      const items = [...this.stored.values()].filter((lease) => lease.metadata.labels?.["packit.dev/lease"]);
      return { status: 200, body: structuredClone({ items }) };
    }
    if (method === "POST") {
      if (this.stored.has(body.metadata.name)) return status(409, "AlreadyExists");
      assert.equal(body.metadata.resourceVersion, undefined);
      return this.#write(body, undefined, 201);
    }
    if (there === undefined) return status(404, "NotFound");
    if (method === "GET") return { status: 200, body: structuredClone(there) };
    if (method === "PUT") {
      return body.metadata.resourceVersion === there.metadata.resourceVersion
        ? this.#write(body, there, 200)
        : status(409, "Conflict");
    }
    assert.equal(method, "DELETE");
    const { preconditions } = body as unknown as { preconditions: StoredLease["metadata"] };
    const { uid, resourceVersion } = there.metadata;
    if (preconditions.uid !== uid || preconditions.resourceVersion !== resourceVersion) {
      return status(409, "Conflict");
    }
    this.stored.delete(name);
    return status(200, "Success");
  }

  #write(body: StoredLease, before: StoredLease | undefined, code: number): ClusterAnswer {
    const { spec = {} } = body;
    if (spec.holderIdentity === "" || (spec.leaseDurationSeconds ?? 1) <= 0) return status(422, "Invalid");
    if (spec.renewTime !== undefined && !/\.\d{6}Z$/.test(spec.renewTime)) return status(400, "BadRequest");
    this.#version += 1;
    const uid = before?.metadata.uid ?? `uid-${this.#version}`;
    const metadata = { ...body.metadata, uid, resourceVersion: String(this.#version) };
    const next = structuredClone({ ...body, metadata });
    this.onWrite(next, before);
    this.stored.set(next.metadata.name, next);
    return { status: code, body: structuredClone(next) };
  }
}

function status(code: number, reason: string): ClusterAnswer {
  return { status: code, body: { kind: "Status", message: reason } };
}
