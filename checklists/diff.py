"""What changes from one version to the next: text, easier, harder or different.

What a changed condition does cannot be read off its text: it is measured, over the cases of both
versions and over any situations that are handed in (the files in hand).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from checklists.definition import Definition
from checklists.rules import work_out
from checklists.situation import Situation
from checklists.worked_out import FAILS, WorkedOut

TEXT, EASIER, HARDER, DIFFERENT = "text", "easier", "harder", "different"
MEANING: Final = ("type", "many", "per")


@dataclass(frozen=True, order=True)
class Change:
    """kind: text (at once), easier (at once), harder (files not yet complete, as a request), different (refused)."""

    kind: str
    place: str
    what: str


@dataclass(frozen=True)
class Measured:
    """One situation under both versions. label: of the case or file."""

    label: str
    easier: tuple[str, ...]
    harder: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    changes: tuple[Change, ...]
    measured: tuple[Measured, ...]

    @property
    def refused(self) -> tuple[Change, ...]:
        """Ids that changed their meaning: they need a new id."""
        return tuple(change for change in self.changes if change.kind == DIFFERENT)

    @property
    def harder_for(self) -> tuple[str, ...]:
        return tuple(one.label for one in self.measured if one.harder)

    @property
    def kind(self) -> str:
        """The heaviest kind of all changes; "none" if nothing changed."""
        kinds = {change.kind for change in self.changes}
        kinds |= {HARDER for one in self.measured if one.harder} | {EASIER for one in self.measured if one.easier}
        return next((kind for kind in (DIFFERENT, HARDER, EASIER, TEXT) if kind in kinds), "none")


def diff(old: Definition, new: Definition, situations: Iterable[tuple[str, Situation]] = ()) -> Difference:
    """Every change, and what it does to each given situation (those of cases and of files in hand)."""
    changes = [*_texts(old, new), *_questions(old, new), *_documents(old, new), *_rules(old, new), *_lists(old, new)]
    measured = []
    for label, situation in situations:
        before, after = work_out(old, situation), work_out(new, renamed(situation, new))
        easier, harder = compare(before, after, new.renamed)
        if easier or harder:
            measured.append(Measured(label, easier, harder))
    return Difference(tuple(sorted(set(changes))), tuple(measured))


def renamed(situation: Situation, new: Definition) -> Situation:
    """The situation as the new version names things: answers and papers under an old id are kept."""
    names = new.renamed
    if not names:
        return situation
    people = tuple(
        type(one)(
            one.key, names.get(one.role, one.role), {names.get(key, key): value for key, value in one.answers.items()}
        )
        for one in situation.people
    )
    return Situation(
        today=situation.today,
        sent_on=situation.sent_on,
        meeting_on=situation.meeting_on,
        answers={names.get(key, key): value for key, value in situation.answers.items()},
        people=people,
        papers={(who, names.get(item, item)): paper for (who, item), paper in situation.papers.items()},
        settings=situation.settings,
        left_out=situation.left_out,
    )


def compare(before: WorkedOut, after: WorkedOut, names: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(easier, harder) for one situation: demands, failing checks, questions owed, doors, waits."""
    old, new = _burdens(before, names), _burdens(after, {})
    return tuple(sorted(old - new)), tuple(sorted(new - old))


def _burdens(result: WorkedOut, names: Mapping[str, str]) -> set[str]:
    def item(demand: Any) -> str:
        head, slash, tail = demand.item.partition("/")
        return f"{demand.person or 'file'}: {names.get(head, head)}{slash}{tail}"

    found = {f"demand {item(one)}" for one in result.demands if not one.optional}
    found |= {f"original of {item(one)}" for one in result.demands if one.original_at_meeting}
    found |= {
        f"check {item(one)} {check.reason}" for one in result.demands for check in one.checks if check.state == FAILS
    }
    found |= {f"fact {item(one)} {fact}" for one in result.demands for fact in one.missing_facts}
    found |= {f"answer {one.person or 'file'}: {names.get(one.id, one.id)}" for one in result.missing_answers}
    found |= {f"left out {key}" for keys in result.left_out.values() for key in keys}
    if result.door:
        found.add(f"door {result.door.rule}")
    if result.wait:
        found.add(f"wait until {result.wait.until_on.isoformat()}")
    return found


# What can be read off


def _texts(old: Definition, new: Definition) -> Iterable[Change]:
    for language in sorted({*old.wording.texts, *new.wording.texts}):
        before, after = old.wording.texts.get(language, {}), new.wording.texts.get(language, {})
        for path in before.keys() & after.keys():
            if before[path] != after[path]:
                yield Change(TEXT, path, f"other words in {language}")


def _names(
    old: Mapping[str, Any], new: Mapping[str, Any], renames: Mapping[str, str]
) -> tuple[list[tuple[str, str]], list[str], list[str]]:
    """(kept as (old id, new id), gone, added)."""
    kept = [(key, renames.get(key, key)) for key in old if renames.get(key, key) in new]
    reached = {after for _, after in kept}
    return kept, [key for key in old if renames.get(key, key) not in new], [key for key in new if key not in reached]


def _questions(old: Definition, new: Definition) -> Iterable[Change]:
    before, after = old.plan["questions"], new.plan["questions"]
    kept, gone, added = _names(before, after, new.renamed)
    yield from (Change(EASIER, f"questions.{key}", "no longer asked") for key in gone)
    for key in added:
        spec = after[key]
        yield Change(
            HARDER if spec["required"] else EASIER,
            f"questions.{key}",
            "new, required" if spec["required"] else "new, may stay empty",
        )
    for key, name in kept:
        one, other = before[key], after[name]
        yield from _meaning(f"questions.{name}", one, other, new.renamed)
        yield from _options(f"questions.{name}", one["options"], other["options"])
        if one["required"] != other["required"]:
            yield Change(
                HARDER if other["required"] else EASIER,
                f"questions.{name}",
                f"{'now' if other['required'] else 'no longer'} required",
            )


def _meaning(
    place: str, one: Mapping[str, Any], other: Mapping[str, Any], renames: Mapping[str, str]
) -> Iterable[Change]:
    for word in MEANING:
        before, after = one[word], other[word]
        if word == "per":
            before, after = sorted(renames.get(role, role) for role in before), sorted(after)
        if before != after:
            what = f"{word} was {before}, is {after}: take a new id and name the old one under renamed"
            yield Change(DIFFERENT, place, what)


def _options(place: str, before: list[str], after: list[str]) -> Iterable[Change]:
    yield from (Change(EASIER, place, f"new option {one}") for one in after if one not in before)
    yield from (Change(HARDER, place, f"option {one} is gone") for one in before if one not in after)


def _documents(old: Definition, new: Definition) -> Iterable[Change]:
    before, after = ({one["id"]: one for one in version.plan["documents"]} for version in (old, new))
    kept, gone, added = _names(before, after, new.renamed)
    yield from (Change(EASIER, f"documents.{key}", "no longer demanded") for key in gone)
    yield from (Change(HARDER, f"documents.{key}", "new") for key in added)
    for key, name in kept:
        yield from _document(f"documents.{name}", before[key], after[name], new.renamed)


def _document(
    place: str, one: Mapping[str, Any], other: Mapping[str, Any], renames: Mapping[str, str]
) -> Iterable[Change]:
    roles = sorted(renames.get(role, role) for role in one["per"])
    if roles != other["per"]:
        what = f"per was {roles}, is {other['per']}: take a new id and name the old one under renamed"
        yield Change(DIFFERENT, place, what)
    if one["sent_as"] != other["sent_as"]:
        yield Change(DIFFERENT, place, f"sent_as was {one['sent_as']}, is {other['sent_as']}: take a new id")
    yield from _options(
        place, [choice["id"] for choice in one["choices"]], [choice["id"] for choice in other["choices"]]
    )
    for block in ("attach", "parts"):
        ids, others = [part["id"] for part in one[block]], [part["id"] for part in other[block]]
        yield from (Change(HARDER, place, f"new {block} {key}") for key in others if key not in ids)
        yield from (Change(EASIER, place, f"{block} {key} is gone") for key in ids if key not in others)
    yield from _facts(place, one["facts"], other["facts"])
    rules = [[check["when"], check["that"], check["reason"]] for check in one["checks"]]
    others = [[check["when"], check["that"], check["reason"]] for check in other["checks"]]
    yield from (Change(HARDER, place, f"new check {check[2]}") for check in others if check not in rules)
    yield from (Change(EASIER, place, f"check {check[2]} is gone") for check in rules if check not in others)


def _facts(place: str, one: Mapping[str, Any], other: Mapping[str, Any]) -> Iterable[Change]:
    for key in one.keys() & other.keys():
        if one[key]["type"] != other[key]["type"] or one[key]["many"] != other[key]["many"]:
            yield Change(DIFFERENT, f"{place}.{key}", "has another type: take a new id")
    for key in other.keys() - one.keys():
        must = other[key]["required"] and other[key]["known"] == "upload"
        yield Change(HARDER if must else EASIER, f"{place}.{key}", "new fact")
    yield from (Change(EASIER, f"{place}.{key}", "fact is no longer asked") for key in one.keys() - other.keys())


def _rules(old: Definition, new: Definition) -> Iterable[Change]:
    before, after = ({one["id"]: one for one in version.plan["rules"]} for version in (old, new))
    kept, gone, added = _names(before, after, new.renamed)
    yield from (Change(EASIER, f"rules.{key}", "gone") for key in gone)
    for key in added:
        yield Change(TEXT if after[key]["then"] == "flag" else HARDER, f"rules.{key}", f"new {after[key]['then']}")
    for key, name in kept:
        if before[key]["then"] != after[name]["then"]:
            yield Change(
                DIFFERENT, f"rules.{name}", f"was {before[key]['then']}, is {after[name]['then']}: take a new id"
            )


def _lists(old: Definition, new: Definition) -> Iterable[Change]:
    """A list says nothing by itself (accepted, or refused?): what it does is measured."""
    before, after = old.plan["lists"], new.plan["lists"]
    for name in sorted(before.keys() & after.keys()):
        more, less = set(after[name]) - set(before[name]), set(before[name]) - set(after[name])
        if more or less:
            words = [f"+ {', '.join(sorted(more))}"] * bool(more) + [f"- {', '.join(sorted(less))}"] * bool(less)
            yield Change(TEXT, f"lists.{name}", "; ".join(words))
