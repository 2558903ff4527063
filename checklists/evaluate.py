"""One look at one situation: values of answers, terms and facts, each worked out once.

Four ways of looking, by whose word is taken (`accept`):
    SUPPOSING   assumed, stated, seen: decides what is asked for ("probably")
    CHECKING    read, stated, seen: decides checks
    STRICT      stated, seen: decides rules, refusals, completeness
    FILLING     everything: what a form is filled in with
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from checklists.conditions import NOTHING, UNKNOWN, Maybe, Test
from checklists.dates import passed
from checklists.definition import Definition, Document, FactSpec, Question, Role
from checklists.situation import ASSUMED, EMPTY, NOT_SURE, READ, SEEN, STATED, Fact, Paper, PersonSituation, Situation

SUPPOSING: Final = frozenset({ASSUMED, STATED, SEEN})
CHECKING: Final = frozenset({READ, STATED, SEEN})
STRICT: Final = frozenset({STATED, SEEN})
FILLING: Final = frozenset({ASSUMED, READ, STATED, SEEN})
STRENGTH: Final = {ASSUMED: 0, READ: 1, STATED: 2, SEEN: 3}
MISSING: Final = object()
_NO_PAPER: Final = Paper()


class Run:
    """Values for one definition and situation. leaning: a weaker word was used, or set aside, since it was cleared."""

    def __init__(self, definition: Definition, situation: Situation, accept: frozenset[str], left_out: frozenset[str]):
        self.definition = definition
        self.situation = situation
        self.accept = accept
        self.left_out = left_out
        self.today = situation.today
        self.sent_on = situation.sent_on or situation.today
        self.meeting_on = situation.meeting_on
        self.supposed: bool | None = None
        self.meeting_leaf: tuple | None = None
        self.leaning = False
        self._values: dict[Any, tuple[Any, bool]] = {}
        self.everyone: dict[str, PersonSituation] = {
            person.key: person
            for person in situation.people
            if person.role in definition.people and person.key not in left_out
        }
        self._by_role: dict[str, list[str]] = {role: [] for role in definition.people}
        for key, person in self.everyone.items():
            self._by_role[person.role].append(key)
        self._settings = self._settle_settings()

    # People

    def wanted(self, role: str) -> bool | None:
        """Must, may (None) or must not the role be filled? Roles without `when` may, or must if min says so."""
        spec: Role = self.definition.people[role]
        if spec.when is None:
            return True if spec.min > 0 else None
        return self._once(("role", role), lambda: spec.when(self, None, None), None)

    def people_of(self, role: str) -> list[str]:
        """Keys of those who count: on the file, not put aside, not left out."""
        if not self._by_role[role]:
            return []
        return [] if self.wanted(role) is False else self._by_role[role]

    def active(self) -> list[str]:
        aside = {role for role, keys in self._by_role.items() if keys and self.wanted(role) is False}
        return [key for key, person in self.everyone.items() if person.role not in aside]

    def members(self, role: str) -> tuple[list[str], int, int]:
        """(keys, how many are sure to come, how many may come) for a role, `person` meaning everyone."""
        roles = self.definition.applying if role == "person" else (role,)
        keys: list[str] = []
        sure = may = 0
        for one in roles:
            there = self.people_of(one)
            keys += there
            if not there:
                spec, wanted = self.definition.people[one], self._undecided(one)
                sure += max(1, spec.min) if wanted is True else 0
                may += spec.max if wanted is not False else 0
        return keys, sure, may

    def _undecided(self, role: str) -> bool | None:
        """Is somebody of this empty role still to come? A role without `when` is empty by choice."""
        spec = self.definition.people[role]
        if any(person.role == role for person in self.situation.people):
            return False
        return spec.min > 0 if spec.when is None else self.wanted(role)

    def role_of(self, who: str | None) -> Any:
        person = self.everyone.get(who) if who is not None else None
        return person.role if person else NOTHING

    def owner_for(self, document: str, who: str) -> str | None:
        """Whose paper is meant by a person's `document.fact`: their own, or the one that serves them."""
        spec = self.definition.documents[document]
        role = self.role_of(who)
        if role in spec.per or role not in spec.serves:
            return who
        owners = [key for one in sorted(spec.per) if one in self._by_role for key in self.people_of(one)]
        return owners[0] if owners else who

    # Values

    def _once(self, key: Any, work: Any, circular: Any) -> Any:
        """Works a value out once; a value that needs itself is unknown rather than endless."""
        known = self._values.get(key, MISSING)
        if known is not MISSING:
            value, leaning = known
            self.leaning = self.leaning or leaning
            return value
        self._values[key] = (circular, False)
        before, self.leaning = self.leaning, False
        value = work()
        self._values[key] = (value, self.leaning)
        self.leaning = self.leaning or before
        return value

    def value(self, name: str, who: str | None) -> Any:
        """An answer, figure or term of a person (None: of the file)."""
        key = (name, who)
        known = self._values.get(key, MISSING)
        if known is not MISSING:
            if known[1]:
                self.leaning = True
            return known[0]
        question = self.definition.questions.get(name)
        if question is not None:
            return self._once(key, lambda: self._answer(question, who), UNKNOWN)
        return self._once(key, lambda: self._worked_out(name, who), UNKNOWN)

    def value_of_role(self, role: str, name: str) -> Any:
        keys = self.people_of(role)
        if keys:
            return self.value(name, keys[0])
        return NOTHING if self._undecided(role) is False else UNKNOWN

    def _has(self, per: frozenset[str], who: str | None) -> bool:
        if who is None:
            return "file" in per
        person = self.everyone.get(who)
        return person is not None and person.role in per

    def _answer(self, question: Question, who: str | None) -> Any:
        if not self._has(question.per, who):
            return NOTHING
        asked = question.when(self, who, None)
        if asked is False:
            return NOTHING
        stored = self.stored(question.id, who)
        if stored is MISSING:
            return self._assumed(question.prefill, who, None, question) if asked else UNKNOWN
        value = _usable(stored, question, required=question.required)
        return value if asked else _perhaps(value)

    def stored(self, question: str, who: str | None) -> Any:
        """The answer as it was saved, MISSING if there is none."""
        answers = self.situation.answers if who is None else self.everyone[who].answers
        value = answers.get(question, MISSING)
        return MISSING if value is None else value

    def _assumed(self, source: Any, who: str | None, here: tuple | None, spec: Any) -> Any:
        """A prefilled value: good for supposing, never for deciding."""
        if source is None:
            return UNKNOWN
        value = source(self, who, here) if ASSUMED in self.accept else UNKNOWN
        self.leaning = True
        if value is UNKNOWN or value is NOTHING or value == NOT_SURE:
            return UNKNOWN
        if spec.many and not isinstance(value, frozenset):
            value = frozenset({value})
        return _usable(value, spec, required=True)

    def _worked_out(self, name: str, who: str | None) -> Any:
        spec = self.definition.worked_out.get(name)
        if spec is None or not self._has(spec.per, who):
            return NOTHING
        if spec.kind == "term":
            value = spec.when(self, who, None)
            return UNKNOWN if value is None else value
        start, end = spec.start(self, who, None), spec.end(self, who, None)
        if start is NOTHING or end is NOTHING:
            return NOTHING
        return passed(spec.unit, start, end) if isinstance(start, date) and isinstance(end, date) else UNKNOWN

    # Settings

    def _settle_settings(self) -> dict[str, Any] | None:
        """None while it is unknown which municipality's settings count."""
        definition = self.definition
        asked = [q.id for q in definition.questions.values() if q.type == "municipality" and q.per_file]
        if not asked:
            return {**definition.settings}
        answer = self.situation.answers.get(asked[0])
        if not isinstance(answer, str) or answer in (NOT_SURE, EMPTY):
            return None
        return {**definition.settings, **definition.municipalities.get(answer, {})}

    def setting(self, name: str) -> Any:
        if name in self.situation.settings:
            value = self.situation.settings[name]
            value = frozenset(value) if isinstance(value, list | tuple) else value
        elif self._settings is None:
            return UNKNOWN
        else:
            value = self._settings.get(name)
        return NOTHING if value is None else value

    # Papers

    def demanded(self, document: Document, who: str | None) -> bool | None:
        """Is the document asked for? Of somebody who never has it: False."""
        if not self._has(document.per, who):
            return False
        return self._once(("demand", document.id, who), lambda: self._any_needed(document, who), None)

    def _any_needed(self, document: Document, who: str | None) -> bool | None:
        result: bool | None = False
        for entry in document.needed:
            value = entry.when(self, who, None)
            if value is True:
                return True
            if value is None:
                result = None
        return result

    def paper(self, document: str, who: str | None) -> Paper:
        return self.situation.papers.get((who, document), _NO_PAPER)

    def picked(self, document: Document, who: str | None) -> Any:
        """The choice picked and still open to this person, or the only one there is; None if none."""
        if not document.choices:
            return None
        return self._once(("picked", document.id, who), lambda: self._picked(document, who), None)

    def visible_choices(self, document: Document, who: str | None) -> list[Any]:
        here = (document.id, who)
        return [choice for choice in document.choices if choice.when(self, who, here) is True]

    def _picked(self, document: Document, who: str | None) -> Any:
        visible, wanted = self.visible_choices(document, who), self.paper(document.id, who).choice
        for choice in visible:
            if choice.id == wanted:
                return choice
        only = len(visible) == 1 and all(
            one.when(self, who, (document.id, who)) is not None for one in document.choices
        )
        return visible[0] if only else None

    def fact_of_role(self, role: str, document: str, fact: str) -> Any:
        keys = self.people_of(role)
        if keys:
            return self.fact(document, keys[0], fact)
        return NOTHING if self._undecided(role) is False else UNKNOWN

    def fact(self, document: str, who: str | None, fact: str) -> Any:
        """A fact about a paper: nothing if the paper is not demanded, unknown while that is open."""
        return self._once(
            (document, who, fact), lambda: self._fact(self.definition.documents[document], who, fact), UNKNOWN
        )

    def _fact(self, document: Document, who: str | None, fact: str) -> Any:
        demanded = self.demanded(document, who)
        if demanded is not True:
            return NOTHING if demanded is False else UNKNOWN
        if fact == "present":
            return self.paper(document.id, who).present
        picked = self.picked(document, who)
        if fact == "choice":
            return picked.id if picked else UNKNOWN if document.choices else NOTHING
        spec = document.facts.get(fact)
        if spec is None or (picked is not None and picked.instead):
            return NOTHING
        asked = self.fact_asked(spec, document, who)
        if asked is False:
            return NOTHING
        value = self._fact_value(spec, document, who)
        return value if asked else _perhaps(value)

    def fact_asked(self, spec: FactSpec, document: Document, who: str | None) -> bool | None:
        if spec.choice is not None:
            picked = self.picked(document, who)
            if picked is None:
                return None
            if picked.id != spec.choice:
                return False
        return spec.when(self, who, (document.id, who))

    def _fact_value(self, spec: FactSpec, document: Document, who: str | None) -> Any:
        best = self.strongest(self.paper(document.id, who).facts.get(spec.id))
        if best is None:
            return self._assumed(spec.prefill, who, (document.id, who), spec)
        if best.trust == ASSUMED:
            self.leaning = True
        return _usable(best.value, spec, required=spec.required)

    def strongest(self, given: Any) -> Fact | None:
        """The strongest fact whose word is taken here."""
        facts = [
            one
            for one in (given if isinstance(given, tuple | list) else (given,))
            if isinstance(one, Fact) and one.value is not None
        ]
        taken = [one for one in facts if one.trust in self.accept]
        if len(taken) < len(facts):
            self.leaning = True
        return max(taken, key=lambda one: STRENGTH.get(one.trust, 0)) if taken else None


def _usable(value: Any, spec: Any, *, required: bool) -> Any:
    """A stored value as the conditions compare it; what does not fit the type counts as not answered."""
    if value == EMPTY and isinstance(value, str):
        return UNKNOWN if required else NOTHING
    if isinstance(value, str) and value == NOT_SURE:
        return NOT_SURE
    if spec.type == "group":
        return tuple(value) if isinstance(value, list | tuple) else UNKNOWN
    if not spec.many:
        return _one(value, spec.type)
    if not isinstance(value, list | tuple | set | frozenset):
        return UNKNOWN
    found = frozenset(_one(one, spec.type) for one in value if not isinstance(one, list | dict))
    if not found:
        return UNKNOWN if required else NOTHING
    return UNKNOWN if UNKNOWN in found else found


def _perhaps(value: Any) -> Any:
    """The value of a question of which it is open whether it is asked."""
    return UNKNOWN if value is UNKNOWN or value is NOTHING or value == NOT_SURE else Maybe(value)


def _one(value: Any, kind: str) -> Any:
    if kind == "yes_no":
        return value if isinstance(value, bool) else UNKNOWN
    if kind == "number":
        return value if isinstance(value, int | float) and not isinstance(value, bool) else UNKNOWN
    if kind == "date":
        return _day(value)
    return value if isinstance(value, str) and value != "" else UNKNOWN


def _day(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return UNKNOWN
    return value if type(value) is date else UNKNOWN


def holds(run: Run, test: Test, who: str | None, here: tuple | None) -> tuple[bool | None, bool]:
    """(value, leaning): leaning means that weaker words were used or set aside to find it."""
    run.leaning = False
    value = test(run, who, here)
    return value, run.leaning


def still_unknown(run: Run, names: Iterable[tuple[Any, Any]], who: str | None, here: tuple | None) -> tuple[str, ...]:
    """Names in a condition whose value is not known, for saying what must be decided."""
    found = []
    for reference, get in names:
        value = get(run, who, here)
        if value is UNKNOWN or isinstance(value, Maybe) or (isinstance(value, str) and value == NOT_SURE):
            found.append(
                ".".join(
                    str(step) for step in reference if step not in ("own", "file", "of", "paper", "here", "setting")
                )
            )
    return tuple(dict.fromkeys(found))
