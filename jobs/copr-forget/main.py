"""Forgets what processes that are gone have left behind, and then runs the program that is to come after them."""

import argparse
import os
import sys
import xmlrpc.client

import redis

# Number of the newest ticket that was looked at: no start looks at all that there ever were.
SEEN = "packit-stacks:tickets-seen"


def forget(store, pattern):
    """Deletes the records whose keys match."""
    count = sum(store.delete(key) for key in store.scan_iter(match=pattern, count=1000))
    print(f"{count} keys {pattern} deleted", flush=True)


class Tickets:
    """The tickets that resalloc has given out. They are numbered from one, and stay when they are closed."""

    def __init__(self, address):
        self.server = xmlrpc.client.ServerProxy(address, allow_none=True)

    def exists(self, number):
        return self.server.collectTicket(number)["ready"] is not None

    def newest(self, known):
        """The highest number, which is `known` or above; zero when there is none."""
        step = 1
        while self.exists(known + step):
            known, step = known + step, 2 * step
        beyond = known + step
        while beyond - known > 1:
            middle = (known + beyond) // 2
            known, beyond = (middle, beyond) if self.exists(middle) else (known, middle)
        return known

    def close(self, number):
        """Gives its builder back, if it is still open."""
        state = self.server.collectTicket(number)
        if state["closed"] or state.get("failed"):
            return 0
        self.server.closeTicket(number)
        return 1


def close_tickets(store, address):
    """Closes all tickets: whoever had them is gone, and nobody else asks for builders."""
    tickets = Tickets(address)
    seen = int(store.get(SEEN) or 0)
    # Resalloc with a new volume begins to count anew.
    first = seen if seen > 0 and tickets.exists(seen) else 0
    newest = tickets.newest(first)
    count = sum(tickets.close(number) for number in range(first + 1, newest + 1))
    store.set(SEEN, newest)
    print(f"{count} tickets closed, of {newest - first} since the last look", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", required=True, help="host and port of the key-value store")
    parser.add_argument("--keys", action="append", default=[], help="pattern of keys")
    parser.add_argument("--resalloc", help="address of resalloc, whose tickets are closed")
    parser.add_argument("program", nargs="*", help="program that is run then, and its arguments")
    wanted = parser.parse_args()
    host, _, port = wanted.store.partition(":")
    store = redis.Redis(host=host, port=int(port or 6379))
    try:
        for pattern in wanted.keys:
            forget(store, pattern)
        if wanted.resalloc is not None:
            close_tickets(store, wanted.resalloc)
    except redis.RedisError as error:
        sys.exit(f"error: the key-value store {wanted.store}: {error}")
    except (OSError, xmlrpc.client.Error) as error:
        sys.exit(f"error: resalloc at {wanted.resalloc}: {error}")
    if wanted.program:
        os.execv(wanted.program[0], wanted.program)


if __name__ == "__main__":
    main()
