/** Architectures that Copr builds for, by the names in its chroots. */
export const ARCHITECTURES = [
  "x86_64",
  "x86_64_v2",
  "i386",
  "i586",
  "i686",
  "aarch64",
  "armhfp",
  "ppc64le",
  "s390x",
  "riscv64",
] as const;

export type Architecture = (typeof ARCHITECTURES)[number];

/** What a machine builds without emulation. */
export const NATIVE: Readonly<Record<"x86_64" | "aarch64", readonly Architecture[]>> = {
  x86_64: ["x86_64", "x86_64_v2", "i386", "i586", "i686"],
  aarch64: ["aarch64"],
};

/**
 * Tags of a builder. The backend always asks for `copr_builder`, and for the build's architecture; a project can ask
 * for a machine that does not emulate it. Source packages are built on any builder.
 */
export function builderTags(
  native: readonly Architecture[],
  emulated: readonly Architecture[] = [],
): readonly string[] {
  return [
    "copr_builder",
    "arch_noarch",
    ...native.flatMap((name) => [`arch_${name}`, `arch_${name}_native`]),
    ...emulated.flatMap((name) => [`arch_${name}`, `arch_${name}_emulated`]),
  ];
}
