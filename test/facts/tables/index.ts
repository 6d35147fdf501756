import type { Facts } from "../model";
import { data } from "./data";
import { edge } from "./edge";
import { images } from "./images";
import { withManagedLabels } from "./managed";
import { messaging } from "./messaging";
import { optional } from "./optional";
import { sandbox } from "./sandbox";
import { secrets } from "./secrets";
import { web } from "./web";
import { workers } from "./workers";

/** Everything that the Ansible deployment made for production, with every component on. */
export const PROD: Facts = withManagedLabels({
  ...web,
  ...workers,
  ...messaging,
  ...data,
  ...edge,
  ...sandbox,
  ...secrets,
  ...images,
  ...optional,
});
