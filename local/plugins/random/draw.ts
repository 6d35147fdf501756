import { createHash, randomBytes, randomInt } from "node:crypto";
import type { CheckFailure } from "../frame/provider";
import type { PlainProperties } from "../frame/values";

/** What strings are drawn from; the special characters are the official plugin's. */
const alphabets = {
  lower: "abcdefghijklmnopqrstuvwxyz",
  upper: "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  numeric: "0123456789",
  special: "!@#$%&*()-_=+[]{}<>:?",
};

type Class = keyof typeof alphabets;

const classes: readonly { name: Class; least: string }[] = [
  { name: "lower", least: "minLower" },
  { name: "upper", least: "minUpper" },
  { name: "numeric", least: "minNumeric" },
  { name: "special", least: "minSpecial" },
];

function alphabet(name: Class, inputs: PlainProperties): string {
  // `number` is the older name of `numeric`; either turns the digits off.
  if (inputs[name] === false || (name === "numeric" && inputs.number === false)) return "";
  const own = inputs.overrideSpecial;
  return name === "special" && typeof own === "string" && own !== "" ? own : alphabets[name];
}

/** A string of `length` characters with at least as many of each class as asked for, each place equally likely. */
export function drawString(inputs: PlainProperties): string {
  const drawn: string[] = [];
  let all = "";
  for (const { name, least } of classes) {
    const letters = alphabet(name, inputs);
    all += letters;
    for (let i = 0; i < Number(inputs[least]); i++) drawn.push(oneOf(letters));
  }
  while (drawn.length < Number(inputs.length)) drawn.push(oneOf(all));
  return shuffled(drawn).join("");
}

/** Why no string can be drawn by these inputs. */
export function drawConflicts(inputs: PlainProperties): CheckFailure[] {
  const failures: CheckFailure[] = [];
  let least = 0;
  let all = "";
  for (const { name, least: key } of classes) {
    const asked = Number(inputs[key]) || 0;
    const letters = alphabet(name, inputs);
    if (asked > 0 && letters === "") {
      failures.push({ property: key, reason: `"${key}" is ${asked}, but "${name}" is turned off` });
    }
    least += asked;
    all += letters;
  }
  if (typeof inputs.length === "number" && inputs.length < least) {
    const reason = `"length" is ${inputs.length}, but the characters asked for by class are ${least}`;
    failures.push({ property: "length", reason });
  }
  if (all === "") failures.push({ property: "lower", reason: "every class of characters is turned off" });
  return failures;
}

/** A whole number from `min` to `max`, both included; the same one for the same `seed`. */
export function drawInteger(min: number, max: number, seed: string | undefined): number {
  // Sixteen bytes against a range below 2^54: the remainder is as good as even.
  const bytes =
    seed === undefined ? randomBytes(16) : createHash("sha256").update(seed).digest().subarray(0, 16);
  return min + Number(BigInt(`0x${bytes.toString("hex")}`) % (BigInt(max) - BigInt(min) + 1n));
}

function oneOf(letters: string): string {
  return letters[randomInt(letters.length)] ?? "";
}

function shuffled(letters: string[]): string[] {
  const mixed = [...letters];
  for (let i = mixed.length - 1; i > 0; i--) {
    const j = randomInt(i + 1);
    const [a = "", b = ""] = [mixed[i], mixed[j]];
    mixed[i] = b;
    mixed[j] = a;
  }
  return mixed;
}
