"""The rules as sentences, for a second reader who knows the law and no YAML."""

from collections.abc import Iterator, Mapping
from typing import Any

from checklists.definition import Definition
from checklists.said import Coded
from checklists.situation import NOT_SURE

_OPS = {
    "is": "is {}",
    "is_not": "is not {}",
    "in": "is one of {}",
    "not_in": "is none of {}",
    "has_any": "includes one of {}",
    "has_all": "includes all of {}",
    "has_none": "includes none of {}",
    "less_than": "is less than {}",
    "at_most": "is {} at most",
    "at_least": "is {} at least",
    "more_than": "is more than {}",
    "before": "lies before {}",
    "on_or_before": "lies on or before {}",
    "on_or_after": "lies on or after {}",
    "after": "lies after {}",
}


class Explaining:
    """Says conditions of one definition in its source language (English frame words)."""

    def __init__(self, definition: Definition):
        self.definition, self.plan = definition, definition.plan
        self.lists = {
            tuple(sorted(values)): name for name, values in reversed(list(self.plan["lists"].items())) if values
        }

    def text(self, path: str) -> str:
        return self.definition.text(path, self.definition.source_language)

    # Conditions

    def condition(self, c: list, *, inner: bool = False) -> str:
        kind = c[0]
        if kind == "always":
            return "always"
        if kind == "never":
            return "never"
        if kind in ("all", "any"):
            words = f" {'and' if kind == 'all' else 'or'} ".join(self.condition(part, inner=True) for part in c[1])
            return f"({words})" if inner and len(c[1]) > 1 else words
        if kind == "not":
            return f"it is not so that {self.condition(c[1], inner=True)}"
        if kind in ("some", "every"):
            whom = "at least one" if kind == "some" else "every"
            return f"for {whom} {self.role(c[1])}: {self.condition(c[2], inner=True)}"
        if kind == "count":
            about = "" if c[2] == ["always"] else f" for whom {self.condition(c[2], inner=True)}"
            return f"the number of {self.role(c[1])}{about} {_OPS[c[3]].format(c[4])}"
        if kind == "entries":
            return f"the number of entries in {self.name(c[1])} {_OPS[c[2]].format(c[3])}"
        return self._test(*c[1:])

    def _test(self, ref: list, op: str, value: Any) -> str:
        subject = self.name(ref)
        if op == "answered":
            return f"{subject} is {'known' if value else 'not known'}"
        if value == NOT_SURE:
            return f'{subject} {"is" if op == "is" else "is not"} "I do not know"'
        if isinstance(value, bool):
            return self._yes_no(ref, subject, value, op == "is")
        if op in ("before", "on_or_before", "on_or_after", "after") or (
            op in ("is", "is_not") and isinstance(value, list)
        ):
            return f"{subject} {_OPS[op].format(self.date(value))}"
        return f"{subject} {_OPS[op].format(self._values(ref, value))}"

    def _yes_no(self, ref: list, subject: str, value: bool, positive: bool) -> str:
        yes = value is positive
        spec = self.plan["worked_out"].get(ref[-1]) if ref[0] in ("own", "file", "of") else None
        said = f"worked_out.{ref[-1]}.say"
        if spec is not None and self.definition.has_text(said):
            words = self.text(said).replace("<person>", self._owner(ref) or "the person")
            return f'"{words}"' if yes else f'not "{words}"'
        if ref[-1] == "present" and ref[0] in ("paper", "here"):
            return f"{subject} {'has' if yes else 'has not'} been sent"
        return f"{subject} is {'' if positive else 'not '}{'yes' if value else 'no'}"

    def _values(self, ref: list, value: Any) -> str:
        if isinstance(value, list):
            name = self.lists.get(tuple(sorted(map(str, value)))) if len(value) > 3 else None
            words = ", ".join(self._value(ref, one) for one in value)
            return f"the list {name}" if name else words
        return self._value(ref, value)

    def _value(self, ref: list, value: Any) -> str:
        kind = self._type(ref)
        if value == NOT_SURE:
            return '"I do not know"'
        if ref == ["role"]:
            return self.role(value)
        if kind in ("country", "language"):
            return self.definition.wording.word(Coded(kind, value), self.definition.source_language)
        if kind == "choice" and ref[0] in ("own", "file", "of"):
            return f'"{self.definition.option(ref[-1], value, self.definition.source_language)}"'
        return str(value)

    def _type(self, ref: list) -> str:
        if ref[0] in ("own", "file", "of"):
            return self.plan["questions"].get(ref[-1], {}).get("type", "")
        if ref[0] in ("paper", "here"):
            documents = (
                self.plan["documents"]
                if ref[0] == "here"
                else [one for one in self.plan["documents"] if one["id"] == ref[2]]
            )
            return next((one["facts"][ref[-1]]["type"] for one in documents if ref[-1] in one["facts"]), "")
        return self.plan["settings"].get(ref[-1], {}).get("type", "")

    # Names

    def role(self, role: str) -> str:
        return "persons" if role == "person" else role.replace("_", " ")

    def _owner(self, ref: list) -> str:
        return f"the {self.role(ref[1])}" if ref[0] == "of" else ""

    def name(self, ref: list) -> str:
        kind = ref[0]
        if kind == "role":
            return "the person"
        if kind == "setting":
            return f"the municipality's setting {ref[1]}"
        if kind == "here":
            return f"the paper's {_spaced(ref[1])}"
        if kind == "paper":
            owner = "" if ref[1] in ("own", "file") else f"the {self.role(ref[1])}'s "
            return (
                f"{owner}{_spaced(ref[2])}'s {_spaced(ref[3])}" if ref[3] != "present" else f"{owner}{_spaced(ref[2])}"
            )
        owner = self._owner(ref)
        return f"{owner}'s {_spaced(ref[-1])}" if owner else _spaced(ref[-1])

    def date(self, expression: list) -> str:
        anchor, n, unit = expression
        words = {"day": anchor[-1], "today": "today", "sent": "the day of sending", "meeting": "the day of the meeting"}
        start = self.name(anchor[1]) if anchor[0] == "ref" else words[anchor[0]]
        if n == 0:
            return start
        if not isinstance(n, int):
            return f"{self.name(['setting', n[1]])} ({unit}s) {'after' if n[2] > 0 else 'before'} {start}"
        return f"{abs(n)} {unit}{'' if abs(n) == 1 else 's'} {'after' if n > 0 else 'before'} {start}"

    # The whole list

    def lines(self) -> Iterator[str]:
        """The checklist for reading aloud, line by line."""
        d = self.definition
        yield f"{d.title} ({d.name} {d.version}, for files sent from {d.applies_from.isoformat()})"
        yield from self._people()
        yield from self._questions()
        yield from self._terms()
        yield from self._rules()
        yield from self._documents()
        yield from self._meeting()

    def _people(self) -> Iterator[str]:
        yield "\nPEOPLE"
        for role, spec in self.plan["roles"].items():
            when = "" if spec["when"] is None else f" if {self.condition(spec['when'])}"
            party = "" if spec["applies"] else "; gets no number"
            yield f"- {role}: {spec['min']} to {spec['max']}{when}{party}"

    def _questions(self) -> Iterator[str]:
        yield "\nQUESTIONS"
        for key, spec in self.plan["questions"].items():
            when = "" if spec["when"] == ["always"] else f" Asked if {self.condition(spec['when'])}."
            must = "required" if spec["required"] else "may stay empty"
            ask = self.text(f"questions.{key}.ask")
            yield f"- {key}: {ask} ({', '.join(spec['roles'])}; {must}){when}{_source(spec)}"

    def _terms(self) -> Iterator[str]:
        yield "\nWORKED OUT"
        for key, spec in self.plan["worked_out"].items():
            if spec["kind"] == "term":
                yield f"- {key}: yes if {self.condition(spec['when'])}"
            else:
                yield f"- {key}: whole {spec['unit']} from {self.date(spec['from'])} to {self.date(spec['to'])}"

    def _rules(self) -> Iterator[str]:
        yield "\nRULES"
        for spec in self.plan["rules"]:
            who = " for each person" if spec["per"] == "person" else ""
            until = f" until {self.date(spec['until'])}" if spec["until"] else ""
            say = self.text(f"rules.{spec['id']}.say")
            when = self.condition(spec["when"])
            yield f'- {spec["id"]}: {spec["then"]}{until}{who} if {when}. "{say}"{_source(spec)}'

    def _documents(self) -> Iterator[str]:
        yield "\nDOCUMENTS"
        for spec in self.plan["documents"]:
            path = f"documents.{spec['id']}"
            who = f"{', '.join(spec['roles'])}; {spec['sent_as']}"
            yield f"- {spec['id']}: {self.text(path + '.name')} ({who}){_source(spec)}"
            yield from self._needed(spec["needed"], "  needed")
            for choice in spec["choices"]:
                yield f"  one of: {self.text(path + '.choices.' + choice['id'] + '.name')}{self._if(choice['when'])}"
            for block in (spec, *spec["choices"]):
                for part in block["parts"]:
                    yield f"  with the part {self.text(part['text'])}{self._if(part['when'] or ['always'])}"
            yield from self._judged(spec)
            for word in ("optional", "may_follow", "original_at_meeting"):
                if spec[word] not in (None, ["never"]):
                    yield f"  {_spaced(word)}{self._if(spec[word]) or ': always'}"
            for attachment in spec["attach"]:
                yield f"  with it {self.text(attachment['text'] + '.name')}:"
                yield from self._needed(attachment["needed"], "    needed")

    def _if(self, condition: list) -> str:
        return "" if condition == ["always"] else f" if {self.condition(condition)}"

    def _judged(self, spec: Mapping[str, Any]) -> Iterator[str]:
        """The facts asked about a paper, and what they must be."""
        for block in (spec, *spec["choices"]):
            for key, fact in block["facts"].items():
                must = "" if fact["required"] else ", may stay empty"
                kind = f"{fact['type']}, at {fact['known']}{must}"
                yield f"  asked about it: {_spaced(key)} ({kind}){self._if(fact['when'])}"
            for check in block["checks"]:
                that = self.condition(check["that"])
                yield f"  good only if {that}{self._if(check['when'])}; else {check['reason']}{_source(check)}"

    def _needed(self, entries: list[Mapping[str, Any]], start: str) -> Iterator[str]:
        for entry in entries:
            because = f' ("{self.text(entry["because"])}")' if entry["because"] else ""
            yield f"{start}{self._if(entry['when']) or ': always'}{because}{_source(entry)}"

    def _meeting(self) -> Iterator[str]:
        spec = self.plan["meeting"]
        yield "\nMEETING"
        minutes = spec["minutes"]
        limit = f", {minutes['at_most']} at most" if minutes["at_most"] else ""
        yield f"- {minutes['base']} minutes, {minutes['per_extra_person']} more for each further person{limit}"
        for more in minutes["add"]:
            yield f"- {more['minutes']} minutes more if {self.condition(more['when'])}"
        for role, when in [] if spec["attend"] == "everyone" else spec["attend"]:
            yield f"- the {self.role(role)} comes{self._if(when)}"
        for day in spec["not_before"]:
            yield f"- not before {self.date(day)}"


def _spaced(word: str) -> str:
    return word.replace("_", " ")


def _source(spec: Mapping[str, Any]) -> str:
    return f" [{spec['source']}]" if spec.get("source") else ""
