import { configParserText } from "../../config/configparser";

/** OpenScanHub's `client.conf`: no default build root, so that each task names its own. */
export function oshConfig(): string {
  return configParserText({ General: { defaultmockconfig: "" } }, false);
}
