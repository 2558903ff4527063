"""Conditions and date expressions as written -> the nested lists of `conditions`, with every fault told."""

import re
from datetime import date
from typing import Any, Final

from checklists.codes import fits
from checklists.conditions import DATES, MANY_VALUES, NUMBERS, OPS
from checklists.faults import did_you_mean, shown
from checklists.names import Known, Names, Place, resolve
from checklists.situation import NOT_SURE
from checklists.source import Where

ALWAYS: Final = ["always"]
NEVER: Final = ["never"]
COUNTS: Final = ("at_least", "at_most", "less_than", "more_than", "is")
EXPRESSION: Final = re.compile(
    r"(?P<anchor>\d{4}-\d{2}-\d{2}|[a-z][a-z0-9_.]*)"
    r"(?:\s+(?P<sign>[+-])\s+(?P<n>\d{1,5}|[a-z][a-z0-9_.]*)\s+(?P<unit>day|week|month|year)s?)?"
)
FITTING: Final = {
    "one": ("is", "is_not", "in", "not_in"),
    "number": NUMBERS,
    "date": DATES,
    "many": MANY_VALUES,
}


def parse_condition(names: Names, raw: Any, place: Place, where: Where) -> list:
    """The condition; what could not be understood becomes ["never"] after noting why."""
    if raw is True:
        return ALWAYS
    if raw is False:
        return NEVER
    if not isinstance(raw, dict):
        names.fault(where, "condition", f"A condition is a map of names, not {shown(raw)}.", "Write {name: value}.")
        return NEVER
    if not raw:
        names.fault(where, "condition", "The condition is empty.", "Write {name: value}, or leave it out.")
        return NEVER
    special = next((word for word in ("some", "every", "count") if word in raw), None)
    if special:
        return _people(names, special, raw, place, where)
    parts = [_part(names, key, value, place, where.at(key)) for key, value in raw.items()]
    return parts[0] if len(parts) == 1 else ["all", parts]


def _part(names: Names, key: str, value: Any, place: Place, where: Where) -> list:
    if key in ("any", "all"):
        if not isinstance(value, list) or not value:
            names.fault(where, "condition", f"{key} needs a list of conditions.", f"Write {key}: [{{...}}, {{...}}].")
            return NEVER
        return [key, [parse_condition(names, part, place, where.at(index)) for index, part in enumerate(value)]]
    if key == "not":
        return ["not", parse_condition(names, value, place, where)]
    if key == "with":
        names.fault(where, "condition", "with stands alone.", "Write some, every or count beside it.")
        return NEVER
    found = resolve(names, key, place, where)
    if found is None:
        return NEVER
    reference, known = found
    return _tests(names, key, reference, known, value, place, where)


def _tests(names: Names, key: str, reference: list, known: Known, value: Any, place: Place, where: Where) -> list:
    if not isinstance(value, dict):
        value = {"is": value}
    elif not value:
        names.fault(where, "condition", f"{key} is compared with nothing.", "Write {op: value}.")
        return NEVER
    tests = [_test(names, key, reference, known, op, wanted, place, where.at(op)) for op, wanted in value.items()]
    return tests[0] if len(tests) == 1 else ["all", tests]


def _test(
    names: Names, key: str, reference: list, known: Known, op: str, wanted: Any, place: Place, where: Where
) -> list:
    if op == "count" and known.type == "group":
        return _entries(names, reference, wanted, where)
    if op not in OPS:
        names.fault(where, "unknown_op", f"{shown(op)} is no way to compare.", did_you_mean(op, OPS))
        return NEVER
    if op == "answered":
        if not isinstance(wanted, bool):
            names.fault(where, "value", "answered is true or false.", "Write answered: true.")
            return NEVER
        return ["test", reference, op, wanted]
    allowed = _ops_for(known)
    if op not in allowed:
        kind = f"{known.type}, many" if known.many else known.type
        names.fault(
            where, "unfit_op", f"{op} does not fit {key} ({kind}).", f"Fitting: {', '.join((*allowed, 'answered'))}."
        )
        return NEVER
    fitted = _value(names, key, known, op, wanted, place, where)
    return NEVER if fitted is None else ["test", reference, op, fitted]


def _ops_for(known: Known) -> tuple[str, ...]:
    if known.type == "group":
        return ("count",)
    if known.many:
        return MANY_VALUES
    if known.type == "number":
        return (*FITTING["one"], *NUMBERS)
    if known.type == "date":
        return (*DATES, "is", "is_not")
    return FITTING["one"]


def _value(names: Names, key: str, known: Known, op: str, wanted: Any, place: Place, where: Where) -> Any:
    if op in DATES or (known.type == "date" and op in ("is", "is_not")):
        if wanted == "not_sure" and known.not_sure:
            return NOT_SURE
        return parse_date(names, wanted, place, where, may_meet=op in DATES)
    if op in NUMBERS:
        return _number(names, key, wanted, where)
    if op in ("in", "not_in", *MANY_VALUES):
        return _values(names, key, known, wanted, where)
    return _single(names, key, known, wanted, where)


def _number(names: Names, key: str, wanted: Any, where: Where) -> Any:
    if isinstance(wanted, bool) or not isinstance(wanted, int | float):
        names.fault(where, "value", f"{key} is a number, {shown(wanted)} is none.", "Write a number without quotes.")
        return None
    return wanted


def _values(names: Names, key: str, known: Known, wanted: Any, where: Where) -> list | None:
    if isinstance(wanted, str) and wanted.startswith("$"):
        values = names.lists.get(wanted[1:])
        if values is None:
            names.fault(
                where, "unknown_list", f"There is no list {wanted[1:][:60]}.", did_you_mean(wanted[1:], names.lists)
            )
            return None
        return (
            [_single(names, key, known, value, where) for value in values] if known.type == "choice" else list(values)
        )
    if not isinstance(wanted, list) or not wanted:
        names.fault(where, "value", f"{key} is compared with a list here.", "Write [a, b], or $name of a list.")
        return None
    fitted = [_single(names, key, known, value, where.at(index)) for index, value in enumerate(wanted)]
    return None if None in fitted else fitted


def _single(names: Names, key: str, known: Known, wanted: Any, where: Where) -> Any:
    """The value, checked against the type; None after noting a fault."""
    if known.not_sure and wanted == "not_sure" and "not_sure" not in known.options:
        return NOT_SURE
    remedy = why_unfit(names, known, wanted)
    if remedy is None:
        return wanted.isoformat() if isinstance(wanted, date) and known.type != "date" else wanted
    names.fault(where, "value", f"{shown(wanted)} does not fit {key} ({known.type}).", remedy)
    return None


def why_unfit(names: Names, known: Known, wanted: Any) -> str | None:
    """Why the value does not fit, as a remedy; None if it fits."""
    kind = known.type
    if isinstance(wanted, str) and wanted.startswith("$"):
        return "A list stands only after in, not_in, has_any, has_all or has_none."
    if kind == "yes_no":
        return None if isinstance(wanted, bool) else "Write true or false."
    if kind == "number":
        return None if isinstance(wanted, int | float) and not isinstance(wanted, bool) else "Write a number."
    if kind == "date":
        return None if isinstance(wanted, date) else "Write a day such as 2026-12-31."
    if not isinstance(wanted, str):
        return "Write a word; put it in quotes if YAML takes it for something else."
    if kind == "choice":
        return None if wanted in known.options else did_you_mean(wanted, known.options)
    if kind in ("country", "language"):
        return (
            None
            if fits(kind, wanted, former=known.former)
            else f"Write a code, such as {'DK' if kind == 'country' else 'da'}."
        )
    if kind == "municipality" and names.municipalities:
        return None if wanted in names.municipalities else did_you_mean(wanted, names.municipalities)
    return None


def _entries(names: Names, reference: list, wanted: Any, where: Where) -> list:
    if isinstance(wanted, dict) and len(wanted) == 1:
        (op, n), *_ = wanted.items()
        if op in COUNTS and isinstance(n, int) and not isinstance(n, bool):
            return ["entries", reference, op, n]
    names.fault(where, "condition", "count of a group needs one comparison.", "Write {count: {at_least: 1}}.")
    return NEVER


def _people(names: Names, word: str, raw: dict, place: Place, where: Where) -> list:
    role = raw[word]
    extra = set(raw) - {word, "with", *(COUNTS if word == "count" else ())}
    if extra:
        names.fault(
            where, "condition", f"{shown(min(extra))} cannot stand beside {word}.", "Put both into all: [{...}, {...}]."
        )
    if not place.counting:
        names.fault(
            where,
            "counts_people",
            f"{word} cannot stand here: who is left out is worked out first.",
            "Ask about this person only.",
        )
    group = names.answers.get(role) if isinstance(role, str) else None
    if word == "count" and group and group.type == "group":
        return _count_group(names, raw, role, place, where)
    subject = (
        frozenset(names.roles)
        if role == "person"
        else frozenset({role} if isinstance(role, str) and role in names.roles else ())
    )
    if not subject:
        names.fault(
            where.at(word), "unknown_role", f"{shown(role)} is no person.", did_you_mean(role, [*names.roles, "person"])
        )
        return NEVER
    if word != "count" and "with" not in raw:
        names.fault(where, "condition", f"{word} needs with.", f"Write {{{word}: {role}, with: {{...}}}}.")
        return NEVER
    inner = parse_condition(names, raw["with"], place.of(subject), where.at("with")) if "with" in raw else ALWAYS
    if word != "count":
        return [word, role, inner]
    return _counted(names, raw, where, lambda op, n: ["count", role, inner, op, n])


def _count_group(names: Names, raw: dict, name: str, place: Place, where: Where) -> list:
    found = resolve(names, name, place, where.at("count"))
    if found is None:
        return NEVER
    return _counted(names, raw, where, lambda op, n: ["entries", found[0], op, n])


def _counted(names: Names, raw: dict, where: Where, make: Any) -> list:
    tests = []
    for op in COUNTS:
        if op in raw:
            if isinstance(raw[op], bool) or not isinstance(raw[op], int):
                names.fault(where.at(op), "value", f"{shown(raw[op])} is no number.", "Write a whole number.")
                return NEVER
            tests.append(make(op, raw[op]))
    if not tests:
        names.fault(
            where, "condition", "count needs a number to compare with.", "Write at_least: 2 or at_most: 2 beside it."
        )
        return NEVER
    return tests[0] if len(tests) == 1 else ["all", tests]


def parse_date(names: Names, raw: Any, place: Place, where: Where, *, may_meet: bool = True) -> list | None:
    """[anchor, n, unit] for a date expression; None after noting a fault."""
    if isinstance(raw, date):
        return [["day", raw.isoformat()], 0, "day"]
    match = EXPRESSION.fullmatch(raw) if isinstance(raw, str) else None
    if match is None:
        names.fault(
            where,
            "date",
            f"{shown(raw)} is no date.",
            'Write a day, or "<anchor> - 6 months" with spaces round the sign.',
        )
        return None
    anchor = _anchor(names, match["anchor"], place, where, may_meet=may_meet)
    if anchor is None:
        return None
    if match["sign"] is None:
        return [anchor, 0, "day"]
    sign = -1 if match["sign"] == "-" else 1
    n = int(match["n"]) * sign if match["n"].isdigit() else _setting_amount(names, match["n"], sign, where)
    return None if n is None else [anchor, n, match["unit"]]


def _anchor(names: Names, word: str, place: Place, where: Where, *, may_meet: bool) -> list | None:
    if word[0].isdigit():
        try:
            return ["day", date.fromisoformat(word).isoformat()]
        except ValueError:
            names.fault(where, "date", f"There is no day {word}.", "Mend the date.")
            return None
    if word == "meeting":
        if not place.meeting or not may_meet:
            names.fault(
                where,
                "meeting",
                f"meeting cannot stand {place.title}.",
                "It is for before/after in checks and for the meeting's own keys.",
            )
            return None
        return ["meeting"]
    if word == "today" and not place.today:
        names.fault(
            where, "today", f"today cannot stand {place.title}: a demand must not come or go overnight.", "Write sent."
        )
        return None
    if word in ("today", "sent"):
        return [word]
    found = resolve(names, word, place, where)
    if found is None:
        return None
    if found[1].type != "date" or found[1].many:
        names.fault(where, "date", f"{word} is no date but {found[1].type}.", "Name a date question or fact.")
        return None
    return ["ref", found[0]]


def _setting_amount(names: Names, word: str, sign: int, where: Where) -> list | None:
    setting = word.removeprefix("municipality.")
    known = names.settings.get(setting)
    if known is None or known.type != "number":
        known_numbers = [f"municipality.{name}" for name, one in names.settings.items() if one.type == "number"]
        names.fault(where, "date", f"{word[:60]} is no number among the settings.", did_you_mean(word, known_numbers))
        return None
    return ["setting", setting, sign]
