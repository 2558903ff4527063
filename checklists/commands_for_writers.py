"""The commands of `flask checklist`: for the people who write checklists. Brings the YAML parser along."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from checklists import json_schema, text_files
from checklists.cases import run_cases, situation_of
from checklists.compiler import Compiled, compile_version
from checklists.diff import diff as compare_versions
from checklists.explain import Explaining
from checklists.faults import WARNING, Fault, did_you_mean
from checklists.gather import names_in, versions_of
from checklists.lint_further import lint_further
from checklists.loose import looseness
from checklists.said import Coded
from checklists.wording import Wording, may_be_published
from checklists.worked_out import leads_to

commands = click.Group("checklist")


def version_of(folder: Path, name: str, version: str | None) -> Compiled:
    versions = versions_of(name, folder)
    if not versions:
        raise click.ClickException(f"There is no checklist {name}. There is: {', '.join(names_in(folder)) or 'none'}.")
    if version is not None and version not in versions:
        raise click.ClickException(f"{name} has no version {version}. There is: {', '.join(versions)}.")
    return compile_version(name, version or versions[-1], folder)


def usable(folder: Path, name: str, version: str | None) -> Compiled:
    """The version, or its faults on the screen and the end."""
    found = version_of(folder, name, version)
    if found.errors:
        tell(found.errors)
        raise click.ClickException(f"{name} has {len(found.errors)} faults. Mend them first.")
    return found


def tell(faults: Iterable[Fault]) -> None:
    for fault in faults:
        click.echo(f"checklists/{fault}")


NAME = click.argument("name")
VERSION = click.option("--version", default=None, help="Such as 2026-11-01; the newest if left out.")


@commands.command("lint")
@click.argument("names", nargs=-1)
@click.option("--publish", is_flag=True, help="Also refuse missing or stale texts in the languages that must be there.")
@click.pass_obj
def lint(folder: Path, names: tuple[str, ...], publish: bool) -> None:
    """Find every fault of all checklists (or the named ones), each with file, line and remedy."""
    errors = warnings = 0
    for name in names or names_in(folder):
        version_of(folder, name, None)
        for version in versions_of(name, folder):
            found = compile_version(name, version, folder)
            lint_further(found)
            tell(found.faults)
            errors += len(found.errors)
            warnings += len(found.faults) - len(found.errors) + _tell_lost_routes(found, folder)
            if publish and not found.errors:
                errors += _unpublishable(found)
    click.echo(f"{errors} faults, {warnings} warnings.")
    if errors:
        raise click.exceptions.Exit(1)


def _tell_lost_routes(found: Compiled, folder: Path) -> int:
    """Routes to a checklist that is not there; whether it is, only the whole folder knows."""
    if found.work is None:
        return 0  # Its shape is so wrong that nothing can be said of its rules.
    there = names_in(folder)
    lost = [rule for rule in found.found.checklist.rules if (name := leads_to(rule.next)) and name not in there]
    for rule in lost:
        where = found.work.where.at("rules", found.found.checklist.rules.index(rule), "next")
        message = f"{rule.id} leads to {rule.next}, and there is no such checklist."
        tell([where.fault("lost_route", message, did_you_mean(rule.next, there), WARNING)])
    return len(lost)


def _unpublishable(found: Compiled) -> int:
    standing = may_be_published(found.definition())
    for language, path, state in standing:
        click.echo(f"{found.found.name} {found.found.version}: {path} is {state} in {language}.")
    return len(standing)


@commands.command("cases")
@click.argument("names", nargs=-1)
@click.option("--loose", is_flag=True, help="List the conditions that no case would miss.")
@click.option("--version", default=None)
@click.pass_obj
def cases(folder: Path, names: tuple[str, ...], loose: bool, version: str | None) -> None:
    """Run the cases each checklist carries."""
    failed = 0
    for name in names or names_in(folder):
        found = usable(folder, name, version)
        outcomes = run_cases(found.definition(), found.found.checklist)
        failing = [outcome for outcome in outcomes if not outcome.holds]
        for outcome in failing:
            click.echo(f"{name}: {outcome.name}")
            for difference in outcome.differences:
                click.echo(f"    {difference}")
        for outcome in outcomes:
            for note in outcome.notes:
                click.echo(f"{name}: {outcome.name} (note): {note}")
        click.echo(f"{name} {found.found.version}: {len(outcomes) - len(failing)} of {len(outcomes)} cases hold.")
        failed += len(failing)
        if loose and not failing:
            _tell_loose(found)
    if failed:
        raise click.exceptions.Exit(1)


def _tell_loose(found: Compiled) -> None:
    result = looseness(found.content, found.found.checklist)
    for one in result.loose:
        click.echo(f"    {one.place}: {one.condition}")
    click.echo(f"{len(result.loose)} of {result.tried} conditions would be missed by no case ({result.percent:.0f} %).")


@commands.command("explain")
@NAME
@VERSION
@click.pass_obj
def explain(folder: Path, name: str, version: str | None) -> None:
    """Print all rules as sentences, for somebody who knows the law and no YAML."""
    for line in Explaining(usable(folder, name, version).definition()).lines():
        click.echo(line)


@commands.command("diff")
@NAME
@click.argument("old", required=False)
@click.argument("new", required=False)
@click.pass_obj
def diff(folder: Path, name: str, old: str | None, new: str | None) -> None:
    """Say what a version changes: text, easier, harder or different; measured over the cases of both."""
    after = usable(folder, name, new)
    replaces = after.found.checklist.replaces
    before_version = old or (replaces and replaces.isoformat())
    if before_version is None:
        raise click.ClickException(f"{name} {after.found.version} replaces no other version. Name the old one.")
    before = usable(folder, name, before_version)
    situations = [*_case_situations(before), *_case_situations(after)]
    result = compare_versions(before.definition(), after.definition(), situations)
    for change in result.changes:
        click.echo(f"{change.kind:10}{change.place}: {change.what}")
    for one in result.measured:
        for kind, found in (("easier", one.easier), ("harder", one.harder)):
            for what in found:
                click.echo(f"{kind:10}case {one.label}: {what}")
    click.echo(f"Taken together: {result.kind}.")
    if result.refused:
        raise click.exceptions.Exit(1)


def _case_situations(found: Compiled) -> list[tuple[str, Any]]:
    definition, written = found.definition(), found.found.checklist
    return [
        (f"{case.name} ({found.found.version})", situation_of(definition, case, written.case_defaults))
        for case in written.cases
    ]


@commands.command("show")
@NAME
@VERSION
@click.option("--language", default=None)
@click.pass_obj
def show(folder: Path, name: str, version: str | None, language: str | None) -> None:
    """Print what an applicant meets: topics, questions and papers, in one language."""
    definition = usable(folder, name, version).definition()
    spoken = language or definition.source_language
    click.echo(f"{definition.text('title', spoken)} ({definition.name} {definition.version})")
    for topic in definition.topics:
        click.echo(f"  * {definition.text(f'topics.{topic.id}.say', spoken)}")
    for page in definition.pages:
        click.echo(f"\n{definition.text(f'pages.{page.id}.title', spoken)}")
        for key in page.questions:
            click.echo(f"  {definition.text(f'questions.{key}.ask', spoken)}  [{key}]")
    click.echo("")
    for key in definition.documents:
        click.echo(f"  {definition.text(f'documents.{key}.name', spoken)}  [{key}]")


@commands.command("texts")
@NAME
@click.argument("language")
@VERSION
@click.option("--csv", "as_csv", is_flag=True, help="Print a spreadsheet for translators.")
@click.option(
    "--from-csv", type=click.File(encoding="utf-8-sig"), default=None, help="Take translations from such a spreadsheet."
)
@click.pass_obj
def texts(folder: Path, name: str, language: str, version: str | None, as_csv: bool, from_csv: Any) -> None:
    """Make or tidy the file of a language: one line for each text, what is missing left empty."""
    found = usable(folder, name, version)
    if as_csv:
        click.echo(text_files.spreadsheet(found, language), nl=False)
        return
    given = text_files.from_spreadsheet(from_csv.read(), language) if from_csv else None
    path = text_files.text_path(folder, found, language)
    path.parent.mkdir(exist_ok=True)
    path.write_text(text_files.tidied(found, language, given), encoding="utf-8")
    after = compile_version(found.found.name, found.found.version, folder)
    states = [row[3] for row in text_files.rows(after, language)]
    click.echo(f"{states.count('fine')} fine, {states.count('stale')} stale, {states.count('missing')} missing.")


@commands.command("list")
@click.argument("list_name", required=False)
@click.option("--checklist", "name", default=None, help="Whose list; the first checklist's if left out.")
@click.option("--language", default="en")
@click.pass_obj
def list_(folder: Path, list_name: str | None, name: str | None, language: str) -> None:
    """Print the checklists there are or, with LIST_NAME, the values of one list in words."""
    if list_name is None:
        for one in names_in(folder):
            click.echo(f"{one}: {', '.join(versions_of(one, folder))}")
        return
    for one in [name] if name else names_in(folder):
        lists = usable(folder, one, None).content["plan"]["lists"]
        if list_name.lstrip("$") in lists:
            _tell_list(lists[list_name.lstrip("$")], language)
            return
    raise click.ClickException(f"No list is called {list_name}.")


def _tell_list(values: list[str], language: str) -> None:
    wording = Wording(language, {language: {}}, {})
    for value in values:
        kind = "country" if value.isupper() else "language"
        word = wording.word(Coded(kind, value), language)
        click.echo(value if word == value else f"{value}  {word}")


@commands.command("schema")
@click.option("--write", is_flag=True, help="Write checklists/schema.json instead of printing.")
def schema(write: bool) -> None:
    """Print the JSON Schema of checklists, for editors."""
    if write:
        json_schema.FILE.write_text(json_schema.as_text(), encoding="utf-8")
    else:
        click.echo(json_schema.as_text(), nl=False)
