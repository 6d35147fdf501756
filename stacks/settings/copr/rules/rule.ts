import type { CoprStackName } from "../../names";
import type { Rule } from "../../rules/rule";
import type { WrittenCoprSettings } from "../schema";

/** Something that several of Copr's settings must be to each other. */
export type CoprRule = Rule<CoprStackName, WrittenCoprSettings>;
