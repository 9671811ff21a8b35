"""The folder that the files are written into. What isn't ours stays as it is."""

import os
from collections.abc import Mapping
from pathlib import Path

from calendar_svc.actions.tomlfiles.writing import HEADER
from calendar_svc.domain.errors import Refused


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Write these files, each at once or not at all, and remove those of events that are gone.

    Raises Refused before anything is written if the folder holds TOML that was not written here:
    it would be read with the rest.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        stale = [path for path in sorted(folder.glob("*.toml")) if path.name not in files]
        for path in stale:
            if not _is_ours(path):
                raise Refused(
                    "%(path)s wasn't written by export and would be read together with what is;"
                    " move it away, or name another folder",
                    path=path,
                )
        for name, content in files.items():
            _replace(folder / name, content.encode())
        for path in stale:
            path.unlink()
    except OSError as fault:
        raise Refused(
            "%(path)s: can't be written: %(why)s",
            path=fault.filename or folder,
            why=fault.strerror,
        ) from None


def _is_ours(path: Path) -> bool:
    with path.open("rb") as file:
        return path.name.startswith("event-") and file.readline() == HEADER.encode()


def _replace(path: Path, content: bytes) -> None:
    if path.is_file() and path.read_bytes() == content:
        return
    new = path.with_name(f".{path.name}.new")
    try:
        with new.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
