import type { PlainProperties } from "../../frame/values";
import { ApiError, isNamespaceMissing } from "../api/api-error";
import type { Kind } from "../api/discovery";
import type { Applied, Applying } from "../api/objects";
import { explainConflict, findings, report } from "../change/explain";
import { fillGaps, type Triable } from "../change/placeholders";
import type { Session } from "../cluster/session";
import { type KubeObject, mapAt, omit, textAt } from "../object";
import { isOurs, refuseExisting } from "./existing";
import { type Outgoing, placeUnknown } from "./target";

/** A namespace that every cluster has: there objects are tried whose own is still to be made. */
const elsewhere = "default";

/** Kinds whose objects come with a namespace of their own name. */
const namespaceMakers = ["v1/Namespace", "project.openshift.io/v1/Project"];

/**
 * Has the API server check an object without keeping it; an error says what is wrong with which field. The answer is
 * the object as it would be, or undefined where it could not be tried.
 */
export async function tryOut(
  session: Session,
  going: Outgoing,
  manager: string,
  creating: boolean,
): Promise<KubeObject | undefined> {
  const triable = fillGaps(going.body);
  const { namespace } = going.place;
  if (placeUnknown(going.body) || session.missingNamespaces.has(namespace)) {
    return await tryElsewhere(session, going, triable, manager);
  }
  const how: Applying = { manager, force: going.force, dryRun: true };
  try {
    const { object, created } = await session.objects.apply(going.place, triable.object, how);
    if (creating && !created) await refuseForeign(session, going, manager);
    // The API server looks twice for a missing namespace before it says so: what goes there need not ask.
    if (created && makesNamespace(going.place.kind)) session.missingNamespaces.add(going.place.name);
    return object;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (isNamespaceMissing(error)) {
      session.missingNamespaces.add(namespace);
      return await tryElsewhere(session, going, triable, manager);
    }
    if (creating && error.code !== 500 && error.code !== 400) {
      const existing = await refuseForeign(session, going, manager);
      // The object that this one replaces still stands there, so the apply was a change of that one.
      if (existing) {
        await tryBeside(session, going, triable, manager);
        return;
      }
    }
    if (error.code === 409) throw new Error(explainConflict(error, going.body, manager));
    await refuse(session, going, triable, error);
    return undefined;
  }
}

function makesNamespace({ apiVersion, kind }: Kind): boolean {
  return namespaceMakers.includes(`${apiVersion}/${kind}`);
}

/** Whether there is an object that this one may take the place of; an error when it is somebody else's. */
async function refuseForeign(session: Session, going: Outgoing, manager: string): Promise<boolean> {
  const existing = await session.objects.get(going.place);
  if (existing === undefined) return false;
  if (!session.settings.upsertExistingObjects && !isOurs(existing, manager)) refuseExisting(existing);
  return true;
}

async function tryBeside(
  session: Session,
  going: Outgoing,
  triable: Triable,
  manager: string,
): Promise<undefined> {
  try {
    await session.objects.create(going.place, triable.object, { manager, dryRun: true });
  } catch (error) {
    // That there is an object of this name is noticed last, after all checks.
    if (!(error instanceof ApiError)) throw error;
    if (error.reason !== "AlreadyExists") await refuse(session, going, triable, error);
  }
  return undefined;
}

async function tryElsewhere(
  session: Session,
  going: Outgoing,
  triable: Triable,
  manager: string,
): Promise<KubeObject | undefined> {
  const { kind, name } = going.place;
  const metadata = mapAt(triable.object, "metadata");
  const moved: PlainProperties = {
    ...triable.object,
    metadata: kind.namespaced ? { ...metadata, namespace: elsewhere } : metadata,
  };
  const place = { kind, namespace: kind.namespaced ? elsewhere : "", name };
  const how: Applying = { manager, dryRun: true };
  try {
    const applied = name === "" ? undefined : await unlessTaken(session.objects.apply(place, moved, how));
    // Where an object of the same name stands, the apply was a change of that one.
    const tried =
      applied?.created === true ? applied.object : await session.objects.create(place, moved, how);
    const shown = { ...mapAt(tried, "metadata"), namespace: metadata.namespace ?? elsewhere };
    return { ...tried, metadata: kind.namespaced ? shown : omit(shown, ["namespace"]) };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    // What that other namespace refuses for its own reasons says nothing about the object.
    if ([400, 422, 500].includes(error.code)) await refuse(session, going, triable, error);
    return undefined;
  }
}

/** What came of an apply; undefined when it may have failed only for what stands there already. */
async function unlessTaken(apply: Promise<Applied>): Promise<Applied | undefined> {
  try {
    return await apply;
  } catch (error) {
    if (error instanceof ApiError && [409, 422].includes(error.code)) return undefined;
    throw error;
  }
}

/** Throws what is wrong, unless it all may stem from what is not known yet. */
async function refuse(session: Session, going: Outgoing, triable: Triable, error: ApiError): Promise<void> {
  const more =
    error.code === 500 || error.code === 400 ? await tryOtherwise(session, going, triable, error) : [];
  const lines = [error, ...more].flatMap((refusal) => findings(refusal, going.body, triable.gaps));
  if (lines.length > 0) throw new Error(report(going.body, lines));
}

/**
 * Server-side apply names one unknown field for each part of an object, and a wrong type by its field; a plain create
 * names all unknown fields at once.
 */
async function tryOtherwise(
  session: Session,
  going: Outgoing,
  triable: Triable,
  error: ApiError,
): Promise<ApiError[]> {
  const { place } = going;
  const how = { manager: "pulumi-kubernetes", dryRun: true };
  const named = textAt(triable.object, "metadata", "name") !== "";
  try {
    if (error.code === 500) await session.objects.create(place, triable.object, how);
    else if (named) await session.objects.apply(place, triable.object, how);
    return [];
  } catch (other) {
    if (!(other instanceof ApiError) || (other.code !== 500 && other.code !== 400)) return [];
    // A refusal that names no field adds nothing to the first.
    return /cannot be handled as.*(?:unmarshal|quantities)/.test(other.message) ? [] : [other];
  }
}
