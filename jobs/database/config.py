"""What the programs of this folder are told by their environment."""

from __future__ import annotations

import os
from dataclasses import dataclass

from load import postgres
from store import Store, store


@dataclass(frozen=True)
class Setup:
    store: Store
    # Environment of PostgreSQL's programs.
    postgres: dict[str, str]
    # File with the public key of who alone can read the backups; None: they are stored as pg_dump writes them.
    recipient: str | None


def setup() -> Setup:
    recipient = os.environ.get("RECIPIENT_FILE")
    return Setup(
        store=store(os.environ["POSTGRESQL_DATABASE"], ".dump" if recipient is None else ".dump.gpg"),
        postgres=postgres(),
        recipient=recipient,
    )
