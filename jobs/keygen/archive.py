"""The signing keys as an encrypted archive."""

from __future__ import annotations

import pathlib
import subprocess
import tarfile
import tempfile
import threading
import typing

from store import PART_BYTES, Failure

# Public keys come first: one that is there has its private half in what follows, though keys are being made.
_ENTRIES = ["gnupg/pubring.kbx", "gnupg/pubring.gpg", "gnupg", "phrases"]
# Private keys of GnuPG, one a file.
_PRIVATE = "gnupg/private-keys-v1.d"
# State of programs that run: locks, files half written, and randomness that must not be used twice.
_PASSING = ("gnupg/.#lk*", "gnupg/*.lock", "gnupg/*.tmp", f"{_PRIVATE}/*.tmp", "gnupg/random_seed")


def keys_in(folder: pathlib.Path) -> int:
    """How many private keys there are."""
    return len(list(folder.glob(f"{_PRIVATE}/*.key")))


def encrypted_keys(folder: pathlib.Path, recipient: str) -> typing.Generator[bytes, None, None]:
    """The parts of the encrypted archive. It ends only if all of it is there.

    recipient: file with the public key of who can read it.
    """
    with tempfile.TemporaryDirectory() as home:
        command = ["gpg", "--batch", "--no-tty", "--quiet", "--no-options", "--homedir", home, "--no-autostart"]
        to = ["--trust-model", "always", "--encrypt", "--recipient-file", recipient]
        with subprocess.Popen([*command, *to], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as gpg:
            try:
                packer = _Packer(folder, gpg.stdin)
                packer.start()
                while part := gpg.stdout.read(PART_BYTES):
                    yield part
                packer.join()
                if packer.error is not None:
                    raise Failure(f"the keys cannot be read: {packer.error}: no backup was stored")
            except BaseException:
                gpg.kill()
                raise
        if gpg.returncode != 0:
            raise Failure(f"gpg failed with code {gpg.returncode}: no backup was stored")


class _Packer(threading.Thread):
    """Gives gpg the archive while its other end is read."""

    def __init__(self, folder: pathlib.Path, to: typing.BinaryIO) -> None:
        super().__init__(daemon=True)
        self._folder = folder
        self._to = to
        self._packed: set[str] = set()
        self.error: Exception | None = None

    def run(self) -> None:
        try:
            with tarfile.open(fileobj=self._to, mode="w|") as archive:
                for entry in _ENTRIES:
                    if (self._folder / entry).exists():
                        archive.add(self._folder / entry, entry, filter=self._lasting)
        except BrokenPipeError:
            # gpg has said itself why it stopped.
            pass
        except Exception as error:
            self.error = error
        finally:
            _close(self._to)

    def _lasting(self, entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
        path = pathlib.PurePath(entry.name)
        passing = entry.name in self._packed or any(path.match(pattern) for pattern in _PASSING)
        self._packed.add(entry.name)
        # Sockets are neither.
        return entry if not passing and (entry.isfile() or entry.isdir()) else None


def _close(pipe: typing.BinaryIO) -> None:
    try:
        pipe.close()
    except BrokenPipeError:
        pass
