"""flask words: the interface's words, from the code to the translators and back."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from i18n import LOCALES

ROOT = LOCALES.parent
TEMPLATE = LOCALES / "messages.pot"
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "lazy_gettext": None, "_l": None, "N_": None}
_PLACE = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


@click.group("words")
def words() -> None:
    """The words of the interface and their translations. (Words of checklists: flask checklist texts.)"""


@words.command("update")
def update() -> None:
    """Collect every text of code and templates, and bring the catalogues of all languages up to it."""
    template = collected()
    TEMPLATE.write_bytes(_as_po(template))
    for path in catalogues():
        catalogue = read(path)
        # A guess at a translation that nobody read is worse than English: it may say the opposite.
        catalogue.update(template, no_fuzzy_matching=True)
        path.write_bytes(_as_po(catalogue))
        click.echo(f"{path.parent.parent.name}: {len(faults(template, catalogue))} of {len(template)} to do")


@words.command("check")
@click.argument("languages", nargs=-1)
def check(languages: tuple[str, ...]) -> None:
    """Name every text that is missing or has other placeholders than the English one."""
    template, wrong = collected(), 0
    for path in catalogues():
        language = path.parent.parent.name
        for fault in faults(template, read(path)) if not languages or language in languages else ():
            wrong += 1
            click.echo(f"{language}: {fault}")
    if wrong:
        raise click.exceptions.Exit(1)


@words.command("compile")
def compile_() -> None:
    """Make what the web reads, for each language that is translated whole; the others are kept back."""
    for language, to_do in compile_whole().items():
        click.echo(f"{language}: {f'{to_do} to do, kept back' if to_do else 'offered'}")


def compile_whole(folder: Path = LOCALES) -> dict[str, int]:
    """Write the .mo of each whole catalogue and remove that of any other; language -> texts still to do.

    A page half in English is worse than a page in English: who chose a language cannot read the other half, and
    does not know which half mattered. Without its .mo a language is not offered (i18n.offered).
    """
    template = read_po(BytesIO((folder / TEMPLATE.name).read_bytes()))
    to_do = {}
    for path in catalogues(folder):
        catalogue, compiled = read(path), path.with_suffix(".mo")
        left = to_do[path.parent.parent.name] = len(faults(template, catalogue))
        if left:
            compiled.unlink(missing_ok=True)
        else:
            _write_whole(compiled, catalogue)
    return to_do


def _write_whole(path: Path, catalogue: Catalog) -> None:
    """A web process that starts meanwhile must find the old file or the new one, never a part."""
    unfinished = path.with_suffix(".part")
    with unfinished.open("wb") as file:
        write_mo(file, catalogue)
    unfinished.replace(path)


def catalogues(folder: Path = LOCALES) -> list[Path]:
    return sorted(folder.glob("*/LC_MESSAGES/messages.po"))


def read(path: Path) -> Catalog:
    return read_po(BytesIO(path.read_bytes()), locale=path.parent.parent.name)


def collected(root: Path = ROOT) -> Catalog:
    """Every text that code and templates mark for translation, without dates and lines that change each time."""
    with (LOCALES / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found = Catalog(project="Klarsag", charset="utf-8", fuzzy=False,
                    header_comment="# Texts of the interface. Made by `flask words update`.")
    for _file, _line, text, notes, context in extract_from_dir(
        root, methods, options, keywords=KEYWORDS, comment_tags=("Translators:",), directory_filter=_is_ours,
    ):
        found.add(text, auto_comments=notes, context=context)
    return found


def faults(template: Catalog, catalogue: Catalog) -> list[str]:
    """What readers of this language would see in English, or broken."""
    found = []
    for wanted in template:
        if not wanted.id:
            continue
        have = catalogue.get(wanted.id if isinstance(wanted.id, str) else wanted.id[0], wanted.context)
        if have is None or have.fuzzy or not _is_whole(have):
            found.append(f"not translated: {_first(wanted)!r}")
        elif any(_places(each) - _places(_all(wanted)) for each in _strings(have)):
            found.append(f"unknown placeholder: {_first(wanted)!r}")
    return found


def _is_ours(folder: str) -> bool:
    return Path(folder).name not in {".venv", "node_modules", "var", "tests", "bench", "styleguide", ".git"}


def _is_whole(message: Message) -> bool:
    return all(_strings(message))


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))


def _first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _all(message: Message) -> str:
    return message.id if isinstance(message.id, str) else " ".join(message.id)


def _places(text: str) -> set[str]:
    return {one or other for one, other in _PLACE.findall(text)}


def _as_po(catalogue: Catalog) -> bytes:
    written = BytesIO()
    write_po(written, catalogue, no_location=True, sort_output=True, ignore_obsolete=True, width=110)
    return b"\n".join(line for line in written.getvalue().split(b"\n") if not line.startswith(
        (b'"POT-Creation-Date', b'"PO-Revision-Date', b'"Generated-By', b'"Last-Translator', b'"Report-Msgid')))
