import { type AnySettings, isCopr } from "../../settings-of";
import { coprDestinations } from "./copr";
import { type Destination, listed } from "./destination";
import { packitDestinations } from "./packit";

/** Hosts and ports outside the cluster that a stack needs, each once, sorted. */
export function destinationsOf(settings: AnySettings): readonly Destination[] {
  return listed(isCopr(settings) ? coprDestinations(settings) : packitDestinations(settings));
}
