import { secret } from "./checks";
import type { RedisServer } from "./instance";

/** Options by which backend and dist-git know Redis. Without them they look for it in their own pod (C8). */
export function redisOptions(redis: RedisServer): Record<string, string> {
  return {
    redis_host: redis.host,
    redis_port: String(redis.port),
    ...(redis.password !== undefined && { redis_password: secret("the password of Redis", redis.password) }),
  };
}
