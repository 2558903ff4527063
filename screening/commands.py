"""`flask screen`: runs the screening of uploads over files, as an office would to try it on its own."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

import clock
from checklists import library
from screening.asking import Answers, Asked, answers_from, usual_levels
from screening.findings import Finding, Screened
from screening.screen import Measured, server
from screening.screen import screen as screen_one

_ANSWERS_MAX_BYTES = 256 * 1024


@click.command("screen")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--document", required=True, help="What the files should be: a document of the checklist, or a kind.")
@click.option("--answers", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="YAML: name (or "
              "given_names and surname), birth_date, number, expires_on.")  # fmt: skip
@click.option("--checklist", help="Take the screenings and their levels from this checklist, in its newest version.")
@click.option("--json", "only_json", is_flag=True, help="No progress bar, even on a terminal.")
@click.option("--at-once", type=click.IntRange(1, 8), default=2, show_default=True, help="Files side by side.")
def screen(files, document: str, answers, checklist: str | None, only_json: bool, at_once: int) -> None:
    """Say what screening finds in FILES (folders: all in them), one line of JSON a file, in the order given."""
    asked = _asked(document, checklist, answers)
    paths = list(_files(files))
    children = server(at_once)
    try:
        children.start()
    except OSError as error:
        raise click.ClickException(
            "Screening cannot start: its packages or models are missing or are not those of the lock. "
            "Install requirements-screening.txt (./dev does so)."
        ) from error
    click.echo(f"Children are shut in by: {children.isolation_level()}.", err=True)
    try:
        _screen_all(paths, asked, children, at_once, only_json)
    finally:
        children.close()






def _screen_all(paths: list[Path], asked: Asked, children, at_once: int, only_json: bool) -> None:
    with (
        ThreadPoolExecutor(at_once) as pool,
        click.progressbar(length=len(paths), file=sys.stderr, hidden=only_json or not sys.stderr.isatty()) as bar,
    ):
        for path, (found, cost) in zip(paths, pool.map(lambda one: _one(one, asked, children), paths), strict=True):
            click.echo(json.dumps(_line(path, asked, found, cost), ensure_ascii=False))
            bar.update(1)


def _one(path: Path, asked: Asked, children) -> tuple[Screened, Measured]:
    try:
        with path.open("rb") as file:
            return screen_one(file, asked, children)
    except OSError as error:
        unread = Screened("could_not_read", findings=(Finding("unreadable", "info", value=error.strerror),))
        return unread, Measured(0.0, 0.0, 0.0)


def _line(path: Path, asked: Asked, found: Screened, cost: Measured) -> dict[str, Any]:
    return {"file": str(path), "document": asked.document, "result": found.result, "kind": found.kind,
            "mrz": found.mrz, "findings": [asdict(finding) for finding in found.findings],
            "seconds": round(cost.seconds, 3), "peak_mb": round(cost.peak_mb)}  # fmt: skip


def _files(given: tuple[Path, ...]) -> Iterator[Path]:
    for path in given:
        if path.is_dir():
            yield from sorted(inner for inner in path.rglob("*") if inner.is_file())
        else:
            yield path


def _asked(document: str, checklist: str | None, answers: Path | None) -> Asked:
    levels = dict(_levels(checklist, document)) if checklist else usual_levels(document)
    return Asked(document, clock.now().date(), levels, _answers(answers) if answers else Answers())


def _levels(checklist: str, document: str):
    if checklist not in library.names():
        raise click.ClickException(f"There is no checklist {checklist}. There is: {', '.join(library.names())}.")
    documents = library.newest(checklist, on=clock.now().date()).documents
    if document not in documents:
        raise click.ClickException(f"{checklist} has no document {document}. It has: {', '.join(sorted(documents))}.")
    return documents[document].screening


def _answers(path: Path) -> Answers:
    from ruamel.yaml import YAML, YAMLError  # noqa: PLC0415 - a web process never loads the YAML parser

    if path.stat().st_size > _ANSWERS_MAX_BYTES:
        raise click.ClickException(f"{path} is too large to be answers.")
    try:
        given = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8")) or {}
        return answers_from(given)
    except (YAMLError, ValueError, AttributeError, UnicodeDecodeError) as error:
        raise click.ClickException(f"{path} holds no answers that can be read: {error}") from error
