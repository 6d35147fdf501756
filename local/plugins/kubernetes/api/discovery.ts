import type { Plain } from "../../frame/values";
import { at, listAt, textAt } from "../object";
import { isNotFound } from "./api-error";
import type { Client } from "./client";

const aggregated =
  "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList," +
  "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json";

/** A kind that the API server serves. */
export interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
  /** The word in its paths, such as `deployments`. */
  readonly plural: string;
  readonly namespaced: boolean;
}

/** The kinds of one API server, asked for once; a kind that is missing is looked for again. */
export class Discovery {
  private all: Promise<Map<string, Kind>> | undefined;

  constructor(private readonly client: Client) {}

  /** The kind, or undefined when the API server does not serve it. */
  async find(apiVersion: string, kind: string): Promise<Kind | undefined> {
    const known = this.all;
    const kinds = await (this.all ??= this.ask());
    const found = kinds.get(`${apiVersion}/${kind}`);
    if (found !== undefined || known === undefined) return found;
    // A CustomResourceDefinition may have come since; those who ask at the same time share the answer.
    if (this.all === known) this.all = this.ask();
    return (await this.all).get(`${apiVersion}/${kind}`);
  }

  /** The names of the kinds that the API server serves in `apiVersion`. */
  async served(apiVersion: string): Promise<string[]> {
    const kinds = await (this.all ??= this.ask());
    return [...kinds.values()].filter((kind) => kind.apiVersion === apiVersion).map((kind) => kind.kind);
  }

  private async ask(): Promise<Map<string, Kind>> {
    try {
      const [core, groups] = await Promise.all(["/api", "/apis"].map((path) => this.list(path)));
      return new Map(
        [...(core ?? []), ...(groups ?? [])].map((kind) => [`${kind.apiVersion}/${kind.kind}`, kind]),
      );
    } catch (error) {
      this.all = undefined;
      throw error;
    }
  }

  private async list(path: string): Promise<Kind[]> {
    const { body } = await this.client.send({ method: "GET", path, accept: aggregated });
    if (textAt(body, "kind") === "APIGroupDiscoveryList") return listAt(body, "items").flatMap(fromGroup);
    // API servers before 1.26 answer with the names of the groups only.
    const versions =
      path === "/api"
        ? listAt(body, "versions").map(String)
        : listAt(body, "groups").flatMap((group) =>
            listAt(group, "versions").map((version) => textAt(version, "groupVersion")),
          );
    const lists = await Promise.all(
      versions.map((version) => this.fromVersion(`${path}/${version}`, version)),
    );
    return lists.flat();
  }

  private async fromVersion(path: string, apiVersion: string): Promise<Kind[]> {
    try {
      const { body } = await this.client.send({ method: "GET", path });
      return listAt(body, "resources")
        .filter((resource) => !textAt(resource, "name").includes("/"))
        .map((resource) => ({
          apiVersion,
          kind: textAt(resource, "kind"),
          plural: textAt(resource, "name"),
          namespaced: at(resource, "namespaced") === true,
        }));
    } catch (error) {
      // An aggregated API whose own server is down must not hide the others.
      if (isNotFound(error)) return [];
      throw error;
    }
  }
}

function fromGroup(group: Plain): Kind[] {
  const name = textAt(group, "metadata", "name");
  return listAt(group, "versions").flatMap((version) => {
    const apiVersion = name === "" ? textAt(version, "version") : `${name}/${textAt(version, "version")}`;
    return listAt(version, "resources").map((resource) => ({
      apiVersion,
      kind: textAt(resource, "responseKind", "kind"),
      plural: textAt(resource, "resource"),
      namespaced: textAt(resource, "scope") === "Namespaced",
    }));
  });
}
