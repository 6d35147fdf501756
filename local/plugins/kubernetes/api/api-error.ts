import type { Plain } from "../../frame/values";
import { listAt, numberAt, textAt } from "../object";

/** One of several reasons in an API server's refusal. */
export interface Cause {
  /** Such as `FieldValueInvalid` or `FieldManagerConflict`. */
  readonly reason: string;
  readonly message: string;
  /** The field it is about, such as `spec.replicas`. */
  readonly field: string;
}

/** The API server refused a request. */
export class ApiError extends Error {
  /** The HTTP status code. */
  readonly code: number;
  /** Kubernetes' word for it, such as `NotFound` or `Conflict`. */
  readonly reason: string;
  readonly causes: readonly Cause[];
  /** The plural kind that the refusal is about; for a missing namespace `namespaces`. */
  readonly about: string;

  constructor(code: number, status: Plain | undefined, fallback: string) {
    super(textAt(status, "message") || fallback);
    this.code = numberAt(status, "code") || code;
    this.reason = textAt(status, "reason");
    this.about = textAt(status, "details", "kind");
    this.causes = listAt(status, "details", "causes").map((cause) => ({
      reason: textAt(cause, "reason"),
      message: textAt(cause, "message"),
      field: textAt(cause, "field"),
    }));
  }
}

/** The API server could not be reached, or did not answer. */
export class Unreachable extends Error {
  /** Whether the request may have arrived. */
  readonly sent: boolean;

  constructor(message: string, sent: boolean) {
    super(message);
    this.sent = sent;
  }
}

/** Whether `error` says that the object itself is not there. */
export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.code === 404;
}

/** Whether `error` says that the namespace of the object is not there. */
export function isNamespaceMissing(error: unknown): boolean {
  return error instanceof ApiError && error.code === 404 && error.about === "namespaces";
}

/** Whether `error` says that other field managers own fields that an apply would change. */
export function isFieldConflict(error: unknown): error is ApiError {
  return (
    error instanceof ApiError &&
    error.code === 409 &&
    error.causes.some((cause) => cause.reason === "FieldManagerConflict")
  );
}
