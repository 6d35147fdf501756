/** Whether a block of addresses is everybody's: all of IPv4, or of IPv6. */
export function isWorld(cidr: string): boolean {
  return /\/0+$/.test(cidr);
}
