"""Encrypts what somebody writes, for somebody outside the cluster."""

from __future__ import annotations

import subprocess
import tempfile
import threading
import typing

from store import PART_BYTES, Failure

# Takes a pipe and writes all there is into it. What it raises is told.
Writer = typing.Callable[[typing.BinaryIO], None]


def encrypted(write: Writer, recipient: str) -> typing.Generator[bytes, None, None]:
    """The parts of what is written, encrypted by gpg. It ends only if all of it is there.

    recipient: file with the public key of who can read it.
    """
    with tempfile.TemporaryDirectory() as home:
        command = ["gpg", "--batch", "--no-tty", "--quiet", "--no-options", "--homedir", home, "--no-autostart"]
        # Dumps are compressed already, and keys are random: twice would cost time alone.
        to = ["--compress-level", "0", "--trust-model", "always", "--encrypt", "--recipient-file", recipient]
        try:
            gpg = subprocess.Popen([*command, *to], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        except FileNotFoundError:
            raise Failure("the image has no gpg, and nothing leaves in clear: no backup was stored") from None
        with gpg:
            try:
                feeder = _Feeder(write, gpg.stdin)
                feeder.start()
                while part := gpg.stdout.read(PART_BYTES):
                    yield part
                feeder.join()
                if feeder.error is not None:
                    raise feeder.error
            except BaseException:
                gpg.kill()
                raise
        if gpg.returncode != 0:
            raise Failure(f"gpg failed with code {gpg.returncode}: no backup was stored")


class _Feeder(threading.Thread):
    """Gives gpg what is to be encrypted while its other end is read."""

    def __init__(self, write: Writer, to: typing.BinaryIO) -> None:
        super().__init__(daemon=True)
        self._write = write
        self._to = to
        self.error: Exception | None = None

    def run(self) -> None:
        try:
            self._write(self._to)
        except BrokenPipeError:
            # gpg has said itself why it stopped.
            pass
        except Exception as error:
            self.error = error
        finally:
            _close(self._to)


def _close(pipe: typing.BinaryIO) -> None:
    try:
        pipe.close()
    except BrokenPipeError:
        pass
