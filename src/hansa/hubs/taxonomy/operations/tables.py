"""Reading tables from files: CSV and TSV, plain, gzipped or inside a ZIP, in UTF-8."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from hansa.hubs.taxonomy.operations.refusals import CannotLoad

csv.field_size_limit(10_000_000)
Opener: TypeAlias = Callable[[], AbstractContextManager[Any]]
_ENDINGS = re.compile(r"\.(csv|tsv|txt)(\.gz)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Table:
    """One table. ``name`` is its file's name without endings; rows are read anew with every ``rows()``."""

    name: str
    where: str
    columns: tuple[str, ...]
    delimiter: str
    open: Opener

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield (line number, row). :raises CannotLoad: the file is not UTF-8 after all, or cut off"""
        try:
            with self.open() as raw, io.TextIOWrapper(raw, encoding="utf-8-sig", newline="") as text:
                reader = csv.DictReader(text, delimiter=self.delimiter)
                for row in reader:
                    yield reader.line_num, {key: value or "" for key, value in row.items() if key}
        except UnicodeDecodeError as error:
            raise CannotLoad(f"{self.where} is not UTF-8 (byte {error.start}). Save it as UTF-8.") from error
        except (EOFError, zipfile.BadZipFile, OSError, zlib.error, csv.Error) as error:
            raise CannotLoad(f"{self.where} cannot be read to its end: {error}") from error

    def digest(self) -> str:
        """Return the sha256 of the unpacked content. :raises CannotLoad: the file is cut off"""
        try:
            with self.open() as raw:
                return hashlib.file_digest(raw, "sha256").hexdigest()
        except (EOFError, OSError, zipfile.BadZipFile, zlib.error) as error:
            raise CannotLoad(f"{self.where} cannot be read to its end: {error}") from error


def tables_in(path: Path) -> list[Table]:
    """Return the tables of a file; a ZIP may hold several.

    :raises CannotLoad: the file is absent, of another kind, empty, or not UTF-8
    """
    if not path.is_file():
        raise CannotLoad(f"{path} does not exist.")
    if path.suffix.lower() == ".zip":
        return _in_zip(path)
    if not _ENDINGS.search(path.name):
        raise CannotLoad(f"{path} is not a .csv, .tsv, .csv.gz, .tsv.gz or .zip file.")
    return [_table(path.name, str(path), _opener(path))]


def _opener(path: Path) -> Opener:
    @contextmanager
    def opened() -> Iterator[Any]:
        with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as raw:
            yield raw

    return opened


def _in_zip(path: Path) -> list[Table]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if _ENDINGS.search(name)]
    except zipfile.BadZipFile as error:
        raise CannotLoad(f"{path} is not a ZIP file.") from error
    if not names:
        raise CannotLoad(f"{path} holds no .csv file.")

    def member(name: str) -> Opener:
        @contextmanager
        def opened() -> Iterator[Any]:
            with zipfile.ZipFile(path) as archive, archive.open(name) as raw:
                if name.endswith(".gz"):
                    with gzip.open(raw) as unpacked:
                        yield unpacked
                else:
                    yield raw

        return opened

    return [_table(name, f"{path}:{name}", member(name)) for name in names]


def _table(name: str, where: str, opener: Opener) -> Table:
    try:
        with opener() as raw:
            head = raw.readline(100_000)
    except (EOFError, OSError, zlib.error) as error:
        raise CannotLoad(f"{where} cannot be read: {error}") from error
    try:
        line = head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CannotLoad(f"{where} is not UTF-8. Save it as UTF-8.") from error
    if not line.strip():
        raise CannotLoad(f"{where} is empty.")
    delimiter = max("\t;,", key=line.count)
    columns = tuple(next(csv.reader([line], delimiter=delimiter)))
    return Table(_ENDINGS.sub("", Path(name).name), where, columns, delimiter, opener)
