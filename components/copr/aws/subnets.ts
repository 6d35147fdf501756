/** The smallest subnet that AWS makes, and the largest network. */
const SMALLEST_SUBNET = 28;
const LARGEST_NETWORK = 16;

/**
 * Divides a network of IPv4 into subnets of the same size, for example `10.74.0.0/16` into four of `/18`, and gives
 * the first of them.
 *
 * @param count - How many are wanted, 1 to 16.
 * @throws Error when AWS takes no network of that size, or the subnets are too small for it.
 */
export function subnetsOf(network: string, count: number): readonly string[] {
  const [address = "", prefix = ""] = network.split("/");
  const bits = Number(prefix) + Math.ceil(Math.log2(count));
  if (Number(prefix) < LARGEST_NETWORK || bits > SMALLEST_SUBNET) {
    const least = SMALLEST_SUBNET - (bits - Number(prefix));
    throw new Error(`${network} cannot be the builders' network: choose a size from /16 to /${least}`);
  }
  const start = address.split(".").reduce((number, byte) => number * 256 + Number(byte), 0);
  const size = 2 ** (32 - bits);
  // The bits behind the prefix are not the network's.
  const base = start - (start % 2 ** (32 - Number(prefix)));
  return Array.from({ length: count }, (_, index) => `${dotted(base + index * size)}/${bits}`);
}

function dotted(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");
}
