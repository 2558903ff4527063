"""Lists of values: written out, or worked out from others left to right."""

from typing import Any

from checklists import schema
from checklists.codes import COUNTRIES, FORMER_STATES, LANGUAGES
from checklists.faults import WARNING, did_you_mean, shown
from checklists.source import Where

NEVER_OF_A_CODE = "A list holds codes of countries or languages, or ids."


def work_out_lists(work: Any) -> dict[str, tuple[str, ...]]:
    """Every list's values in order; own lists hide shared ones of the same name."""
    specs: dict[str, tuple[Any, Where]] = work._shared("lists")
    for name, spec in work.checklist.lists.items():
        where = work.where.at("lists", name)
        if name in specs:
            work.fault(
                where, "hides", f"The list {name} hides the shared one.", "Rename it if that is not meant.", WARNING
            )
        specs[name] = (spec, where)
    working = _Working(work, specs)
    for name in specs:
        working.values(name, ())
    return working.done


class _Working:
    def __init__(self, work: Any, specs: dict[str, tuple[Any, Where]]):
        self.work, self.specs = work, specs
        self.done: dict[str, tuple[str, ...]] = {}

    def values(self, name: str, above: tuple[str, ...]) -> tuple[str, ...]:
        if name in self.done:
            return self.done[name]
        spec, where = self.specs[name]
        if name in above:
            self.work.fault(
                where,
                "circle",
                f"The list {name} is made from itself: {' -> '.join((*above, name))}.",
                "Break the circle.",
            )
            return ()
        if isinstance(spec, schema.DerivedList):
            found = self._derived(spec, where, (*above, name))
        else:
            found = self._taken(spec, where, (*above, name))
        self.done[name] = tuple(dict.fromkeys(found))
        return self.done[name]

    def _derived(self, spec: schema.DerivedList, where: Where, above: tuple[str, ...]) -> list[str]:
        found: list[str] = []
        for index, name in enumerate(spec.all_of):
            found += self._named(name, where.at("all_of", index), above)
        found += self._taken(spec.plus, where.at("plus"), above)
        gone = set(self._taken(spec.minus, where.at("minus"), above))
        return [value for value in found if value not in gone]

    def _named(self, name: str, where: Where, above: tuple[str, ...]) -> tuple[str, ...]:
        if name in self.specs:
            return self.values(name, above)
        self.work.fault(where, "unknown_list", f"There is no list {shown(name)}.", did_you_mean(name, self.specs))
        return ()

    def _taken(self, values: list[str], where: Where, above: tuple[str, ...]) -> list[str]:
        found: list[str] = []
        for index, value in enumerate(values):
            if value.startswith("$"):
                found += self._named(value[1:], where.at(index), above)
            else:
                self._is_a_code(value, where.at(index))
                found.append(value)
        return found

    def _is_a_code(self, value: str, where: Where) -> None:
        """Capitals of two or four letters are countries; anything else may be an id or a language."""
        if value.isupper() and value not in COUNTRIES and value not in FORMER_STATES:
            self.work.fault(
                where, "code", f"{shown(value)} is no country.", did_you_mean(value, COUNTRIES | set(FORMER_STATES))
            )
        elif len(value) == 2 and value.islower() and value not in LANGUAGES:
            self.work.fault(where, "code", f"{shown(value)} is no language.", did_you_mean(value, LANGUAGES))
