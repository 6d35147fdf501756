"""The signing keys as an archive."""

from __future__ import annotations

import pathlib
import tarfile
import typing

from store import Failure

# Public keys come first: one that is there has its private half in what follows, though keys are being made.
_ENTRIES = ["gnupg/pubring.kbx", "gnupg/pubring.gpg", "gnupg", "phrases"]
# Private keys of GnuPG, one a file.
_PRIVATE = "gnupg/private-keys-v1.d"
# State of programs that run: locks, files half written, and randomness that must not be used twice.
_PASSING = ("gnupg/.#lk*", "gnupg/*.lock", "gnupg/*.tmp", f"{_PRIVATE}/*.tmp", "gnupg/random_seed")


def keys_in(folder: pathlib.Path) -> int:
    """How many private keys there are."""
    return len(list(folder.glob(f"{_PRIVATE}/*.key")))


def pack(folder: pathlib.Path, to: typing.BinaryIO) -> None:
    """Writes all keys into a pipe."""
    packed: set[str] = set()

    def lasting(entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
        path = pathlib.PurePath(entry.name)
        passing = entry.name in packed or any(path.match(pattern) for pattern in _PASSING)
        packed.add(entry.name)
        # Sockets are neither.
        return entry if not passing and (entry.isfile() or entry.isdir()) else None

    try:
        with tarfile.open(fileobj=to, mode="w|") as archive:
            for entry in _ENTRIES:
                if (folder / entry).exists():
                    archive.add(folder / entry, entry, filter=lasting)
    except BrokenPipeError:
        raise
    except (OSError, tarfile.TarError) as error:
        raise Failure(f"the keys cannot be read: {error}: no backup was stored") from error
