"""`work_out`: from a checklist and a situation to what is demanded, asked, flagged and allowed. Pure."""

from datetime import date, timedelta

from checklists.definition import Definition, Rule
from checklists.demands import Demands
from checklists.evaluate import CHECKING, FILLING, MISSING, STRICT, SUPPOSING, Run, holds, still_unknown
from checklists.placeholders import said
from checklists.remembered import remembered
from checklists.situation import EMPTY, Situation
from checklists.worked_out import (
    Advice,
    AskedQuestion,
    Door,
    Flag,
    MeetingPlan,
    MissingAnswer,
    Unknown,
    Wait,
    WantedRole,
    WorkedOut,
)


class Looks:
    """The four ways of looking at one situation, each made only when it is needed."""

    def __init__(self, definition: Definition, situation: Situation, left_out: frozenset[str] = frozenset()):
        self.definition, self.situation, self.left_out = definition, situation, left_out
        self._runs: dict[frozenset[str], Run] = {}

    def run(self, accept: frozenset[str]) -> Run:
        if accept not in self._runs:
            self._runs[accept] = Run(self.definition, self.situation, accept, self.left_out)
        return self._runs[accept]

    def judge(self, test, who, here=None, *, by=STRICT) -> bool | None:
        """The value by a stricter look; the supposing look's own if no weaker word was involved."""
        value, leaning = holds(self.run(SUPPOSING), test, who, here)
        return test(self.run(by), who, here) if leaning else value

    def checking(self, leaning: bool) -> Run:
        return self.run(CHECKING if leaning else SUPPOSING)


@remembered
def work_out(definition: Definition, situation: Situation) -> WorkedOut:
    """What the checklist says about this situation. Never raises for anything in it. Shared: nobody changes it."""
    first = Looks(definition, situation)
    leaving = _leaving(first)
    off = frozenset(key for keys in leaving.values() for key in keys)
    if situation.sent_on is not None:
        off &= situation.left_out
    looks = Looks(definition, situation, off) if off else first
    supposing = looks.run(SUPPOSING)
    people = tuple(supposing.active())
    applying = tuple(_applying(supposing))
    demands = Demands(looks, people)
    questions = _questions(looks, people)
    questions.update(_questions_of_left_out(first, off))
    door, doors_flags = _door(looks, applying)
    window = demands.window(_not_before(looks))
    roles = _roles(supposing)
    return WorkedOut(
        demands=demands.certain,
        may_need=demands.open,
        questions=questions,
        missing_answers=tuple(_missing(questions, off)),
        unknowns=(*demands.unknowns, *_undecided_people(first, looks, roles)),
        flags=(*doors_flags, *_flags(looks, applying), *_left_out_flags(first, leaving, off)),
        door=door,
        wait=_wait(looks),
        left_out={rule: keys for rule, found in leaving.items() if (keys := tuple(key for key in found if key in off))},
        aside=tuple(key for key in supposing.everyone if key not in people),
        people=people,
        roles=roles,
        window=window,
        minutes=_minutes(looks, applying),
        attend=_attend(looks, people, demands),
        meeting=_meeting(looks),
        parties=tuple(key for key in people if key not in applying),
    )


def _applying(run: Run) -> list[str]:
    """Those who count and get a number: everyone but the parties."""
    return [key for key in run.active() if run.everyone[key].role in run.definition.applying]


def _leaving(looks: Looks) -> dict[str, tuple[str, ...]]:
    """Rule id -> keys of those it leaves out; worked out before anything counts people."""
    found: dict[str, tuple[str, ...]] = {}
    rules = [rule for rule in looks.definition.rules if rule.then == "leave_out"]
    if not rules:
        return found
    run = looks.run(SUPPOSING)
    for rule in rules:
        keys = tuple(
            key for key in _applying(run) if run.role_of(key) != "applicant" and looks.judge(rule.when, key) is True
        )
        if keys:
            found[rule.id] = keys
    return found


def _left_out_flags(first: Looks, leaving: dict[str, tuple[str, ...]], off: frozenset[str]) -> list[Flag]:
    """After sending, leaving somebody else out is staff's decision."""
    if first.situation.sent_on is None:
        return []
    run = first.run(SUPPOSING)
    found = [(rule, key) for rule, keys in leaving.items() for key in keys if key not in off]
    return [Flag(rule, key, ("caseworker",), said(run, f"rules.{rule}.say", key)) for rule, key in found]


def _subjects(rule: Rule, people: tuple[str, ...]) -> tuple[str | None, ...]:
    return people if rule.per_person else (None,)


def _door(looks: Looks, people: tuple[str, ...]) -> tuple[Door | None, list[Flag]]:
    """The first stop or route that holds; after sending all of them as flags instead."""
    run, flags = looks.run(SUPPOSING), []
    for rule in looks.definition.rules:
        if rule.then not in ("stop", "route"):
            continue
        for who in _subjects(rule, people):
            if looks.judge(rule.when, who) is not True:
                continue
            words = said(run, f"rules.{rule.id}.say", who)
            if looks.situation.sent_on is None:
                return Door(rule.id, rule.then, who, words, _next(run, rule, who)), []
            flags.append(Flag(rule.id, who, ("caseworker",), words))
    return None, flags


def _next(run: Run, rule: Rule, who: str | None) -> str | None:
    """The address with its placeholders filled; None if one of them is not known."""
    if rule.next is None or "<" not in rule.next:
        return rule.next
    address = rule.next
    for name, value in said(run, "", who, address).values.items():
        address = address.replace(f"<{name}>", str(value))
    return None if "<" in address else address


def _flags(looks: Looks, people: tuple[str, ...]) -> list[Flag]:
    run = looks.run(SUPPOSING)
    return [
        Flag(rule.id, who, rule.to, said(run, f"rules.{rule.id}.say", who))
        for rule in looks.definition.rules
        if rule.then == "flag"
        for who in _subjects(rule, people)
        if looks.judge(rule.when, who) is True
    ]


def _wait(looks: Looks) -> Wait | None:
    """The latest waiting day still ahead; nothing after sending."""
    if looks.situation.sent_on is not None:
        return None
    strict, latest = looks.run(STRICT), None
    for rule in looks.definition.rules:
        if rule.then != "wait" or rule.until is None:
            continue
        subjects = _applying(strict) if rule.per_person else (None,)
        for who in subjects:
            until = rule.until(strict, who, None)
            holding = isinstance(until, date) and until > strict.today and looks.judge(rule.when, who) is True
            if holding and (latest is None or until > latest.until_on):
                latest = Wait(until, rule.id, said(strict, f"rules.{rule.id}.say", who, until=until))
    return latest


def _questions(looks: Looks, people: tuple[str, ...]) -> dict[str | None, tuple[AskedQuestion, ...]]:
    return {who: _asked(looks, who) for who in (None, *people)}


def _questions_of_left_out(first: Looks, off: frozenset[str]) -> dict[str | None, tuple[AskedQuestion, ...]]:
    """Still shown, so that the answer that left them out can be changed; nothing of it is owed."""
    return {key: _asked(first, key) for key in first.run(SUPPOSING).everyone if key in off}


def _asked(looks: Looks, who: str | None) -> tuple[AskedQuestion, ...]:
    run, definition = looks.run(SUPPOSING), looks.definition
    role = None if who is None else run.everyone[who].role
    triage = [key for one, key in definition.triage if one == role]
    paged = [
        key for page in definition.pages if ("file" if role is None else role) in page.per for key in page.questions
    ]
    staff = [key for key, one in definition.questions.items() if one.asked_of == "staff"]
    order = dict.fromkeys([*(key for key in triage if key not in paged), *paged, *staff])
    found = []
    for key in order:
        question = definition.questions[key]
        if ("file" if role is None else role) in question.per and question.when(run, who, None) is True:
            state, value = _answer_state(looks, question, who)
            found.append(
                AskedQuestion(
                    key,
                    who,
                    definition.direct_page.get(key),
                    question.required,
                    question.asked_of,
                    state,
                    value,
                    question.not_sure,
                    key in triage,
                )
            )
    return tuple(found)


def _answer_state(looks: Looks, question, who):
    run = looks.run(SUPPOSING)
    stored = run.stored(question.id, who)
    empty = stored is MISSING or (question.required and (stored == EMPTY or stored == [] or stored == ""))
    if not empty:
        return "answered", stored
    if question.prefill is not None:
        value = looks.run(FILLING).value(question.id, who)
        if isinstance(value, frozenset):
            return "prefilled", sorted(value)
        if isinstance(value, str | int | float | date):
            return "prefilled", value
    return "missing", None


def _missing(questions, off: frozenset[str]):
    for who, asked in questions.items():
        for one in asked:
            if one.required and one.state != "answered" and who not in off:
                yield MissingAnswer(one.id, who, one.asked_of)


def _undecided_people(first: Looks, looks: Looks, roles: dict[str, WantedRole]) -> list[Unknown]:
    """Roles, and leavings, that hang on what is not known yet."""
    found = [
        Unknown("role", None, role, ())
        for role, spec in roles.items()
        if spec.wanted == "unknown" and looks.definition.people[role].when
    ]
    run, strict = first.run(SUPPOSING), first.run(STRICT)
    staying = [key for key in _applying(run) if run.role_of(key) != "applicant" and key not in looks.left_out]
    for rule in looks.definition.rules:
        if rule.then == "leave_out":
            open_for = [key for key in staying if first.judge(rule.when, key) is None]
            found += [
                Unknown("leave_out", key, rule.id, still_unknown(strict, rule.names, key, None)) for key in open_for
            ]
    return found


def _roles(run: Run) -> dict[str, WantedRole]:
    found = {}
    for role, spec in run.definition.people.items():
        wanted = run.wanted(role)
        there = len(run.people_of(role))
        least = max(spec.min, 1 if spec.when is not None and wanted is True else 0) if wanted is not False else 0
        word = {True: "yes", False: "no", None: "unknown"}[wanted]
        free = 0 if wanted is False else spec.max - there
        found[role] = WantedRole(
            word, spec.min, spec.max, there, max(0, least - there) if wanted is True else 0, max(0, free)
        )
    return found


def _not_before(looks: Looks) -> date | None:
    strict = looks.run(STRICT)
    days = [day for get in looks.definition.meeting.not_before if isinstance(day := get(strict, None, None), date)]
    return max(days) if days else None


def _minutes(looks: Looks, people: tuple[str, ...]) -> int:
    meeting = looks.definition.meeting
    minutes = meeting.base + meeting.per_extra_person * max(0, len(people) - 1)
    minutes += sum(more.minutes for more in meeting.add if looks.judge(more.when, None) is True)
    return max(1, min(minutes, meeting.at_most or minutes))


def _attend(looks: Looks, people: tuple[str, ...], demands: Demands) -> tuple[str, ...]:
    """Keys of those on the file, then the words for others who come in place of a paper.

    Who may have to come, comes: a person too many is sent home, one too few breaks the meeting off.
    """
    run, coming = looks.run(SUPPOSING), set()
    for role, when in looks.definition.meeting.attend:
        roles = looks.definition.applying if role == "everyone" else (role,)
        coming |= {
            key for key in people if run.role_of(key) in roles and (when is None or looks.judge(when, key) is not False)
        }
    others = [who for demand in demands.certain for who in demand.attends]
    named = [key for who in others for key in (run.people_of(who) if who in run.definition.people else ()) or (who,)]
    return tuple(dict.fromkeys([*(key for key in people if key in coming), *named]))


def _meeting(looks: Looks) -> MeetingPlan:
    meeting, run = looks.definition.meeting, looks.run(STRICT)
    because = [
        said(run, more.because, None) for more in meeting.add if more.because and looks.judge(more.when, None) is True
    ]
    advice = None
    day = meeting.within_of(run, None, None) if meeting.within_of else None
    if isinstance(day, date) and day.year < date.max.year:
        advice = Advice(meeting.within_days, day, day + timedelta(days=meeting.within_days))
    return MeetingPlan(meeting.modes, meeting.confirm, _not_before(looks), advice, tuple(because))
