"""Documents and attachments: demanded, perhaps needed, or not; their facts, checks and booking window."""

from datetime import date
from typing import Any

from checklists.conditions import NOTHING, UNKNOWN
from checklists.dates import FIRST, LAST, other_days, window_for
from checklists.definition import Attachment, Check, Document, Needed, Part
from checklists.evaluate import FILLING, STRENGTH, STRICT, SUPPOSING, Run, holds, still_unknown
from checklists.placeholders import said
from checklists.said import Said
from checklists.situation import EMPTY, SEEN, STATED, Fact
from checklists.worked_out import FAILS, FINE, TO_DECIDE, AskedFact, CheckResult, Demand, Unknown, Window, WindowReason

EVER = (FIRST, LAST)


class Demands:
    """Works out every document for everybody who may have it, in the checklist's order."""

    def __init__(self, looks: Any, people: tuple[str, ...]):
        self.looks = looks
        self.run: Run = looks.run(SUPPOSING)
        self.people = people
        self.unknowns: list[Unknown] = []
        certain, uncertain = [], []
        for document in looks.definition.documents.values():
            for who in (None,) if document.per_file else people:
                if document.per_file or self.run.role_of(who) in document.per:
                    self._one(document, who, certain, uncertain)
        self.certain: tuple[Demand, ...] = tuple(certain)
        self.open: tuple[Demand, ...] = tuple(uncertain)

    def _one(self, document: Document, who: str | None, certain: list, uncertain: list) -> None:
        here = (document.id, who)
        state, sure, reasons = self._needed(document.needed, who, None, document.id)
        if state is False:
            return
        demand = self._document(document, who, reasons, probably=sure is not True, full=state is True)
        if state is None:
            uncertain.append(demand)
            return
        certain.append(demand)
        if demand.attends:
            return
        for attachment in document.attach:
            item = f"{document.id}/{attachment.id}"
            state, sure, reasons = self._needed(attachment.needed, who, here, item)
            if state is not False:
                found = self._attachment(
                    document, attachment, who, reasons, optional=demand.optional, probably=sure is not True
                )
                (certain if state is True else uncertain).append(found)

    def _needed(
        self, entries: tuple[Needed, ...], who: str | None, here: tuple | None, item: str
    ) -> tuple[bool | None, bool | None, tuple[Said, ...]]:
        """(supposed, certain, reasons); every true reason is told. What stays open is noted."""
        state = sure = False
        reasons, why = [], []
        for entry in entries:
            value, leaning = holds(self.run, entry.when, who, here)
            certain = entry.when(self.looks.run(STRICT), who, here) if leaning else value
            if value is True and entry.because:
                reasons.append(said(self.run, entry.because, who, here=here))
            state, sure = _or(state, value), _or(sure, certain)
            if certain is None:
                why += still_unknown(self.looks.run(STRICT) if leaning else self.run, entry.names, who, here)
        if state is None:
            self.unknowns.append(Unknown("needed", who, item, tuple(dict.fromkeys(why))))
        elif sure is None:
            self.unknowns.append(Unknown("assumed", who, item, tuple(dict.fromkeys(why))))
        return state, sure, tuple(reasons)

    def _document(
        self, document: Document, who: str | None, reasons: tuple[Said, ...], *, probably: bool, full: bool
    ) -> Demand:
        here, run, judge = (document.id, who), self.run, self.looks.judge
        picked = run.picked(document, who) if full else None
        attends = (picked.who,) if picked and picked.instead and picked.who else ()
        parts = () if attends else self._parts(picked.parts if picked and picked.parts else document.parts, here)
        facts = () if attends or not full else self._facts(document, who)
        checks = () if attends or not full else self._checks(document, picked, who)
        first, last = _together(checks)
        item = document.id
        return Demand(
            person=who,
            document=document.id,
            attachment=None,
            item=item,
            items=tuple(f"{item}.{part.id}" for part in parts) or (item,),
            text=f"documents.{item}",
            reasons=reasons,
            probably=probably,
            optional=judge(document.optional, who, here) is True,
            sent_as=document.sent_as,
            may_follow=document.may_follow is not None and judge(document.may_follow, who, here) is True,
            serves=self._served(document, who),
            choices=tuple(choice.id for choice in run.visible_choices(document, who)),
            choice=picked.id if picked else None,
            parts=tuple((part.id, part.text) for part in parts),
            facts=facts,
            missing_facts=tuple(fact.id for fact in facts if _is_owed(fact) and document.sent_as != "bring"),
            checks=checks,
            good_from_on=None if first == FIRST else first,
            good_until_on=None if last == LAST else last,
            original_at_meeting=not attends and judge(document.original_at_meeting, who, here) is not False,
            attends=attends,
            count=document.count,
            files={**document.files, **(picked.files if picked else {})}
            if not attends
            else {"min": 0, "max": 0, "pages_max": 0},
            accept=document.accept,
            review=tuple((tick.id, tick.text) for tick in document.review),
            refuse_with=self._refusals(document.refuse_with, document.checks, picked.checks if picked else ()),
            waive=document.waive,
            screening=document.screening,
            present=run.paper(document.id, who).present,
        )

    def _parts(self, parts: tuple[Part, ...], here: tuple) -> list[Part]:
        """Those that belong to the document now; what stays open is noted, and blocks complete."""
        found = []
        for part in parts:
            if part.when is None:
                found.append(part)
                continue
            value, leaning = holds(self.run, part.when, here[1], here)
            certain = part.when(self.looks.run(STRICT), here[1], here) if leaning else value
            if value is True:
                found.append(part)
            if certain is None:
                why = still_unknown(self.looks.run(STRICT), part.names, here[1], here)
                self.unknowns.append(Unknown("part", here[1], f"{here[0]}.{part.id}", why))
        return found

    def _attachment(
        self,
        document: Document,
        attachment: Attachment,
        who: str | None,
        reasons: tuple[Said, ...],
        *,
        optional: bool,
        probably: bool,
    ) -> Demand:
        here, judge = (document.id, who), self.looks.judge
        item = f"{document.id}/{attachment.id}"
        return Demand(
            person=who,
            document=document.id,
            attachment=attachment.id,
            item=item,
            items=(item,),
            text=attachment.text,
            reasons=reasons,
            probably=probably,
            optional=optional,
            sent_as=document.sent_as,
            may_follow=attachment.may_follow is not None and judge(attachment.may_follow, who, here) is True,
            serves=self._served(document, who),
            choices=(),
            choice=None,
            parts=(),
            facts=(),
            missing_facts=(),
            checks=(),
            good_from_on=None,
            good_until_on=None,
            original_at_meeting=judge(attachment.original_at_meeting, who, here) is not False,
            attends=(),
            count=1,
            files=attachment.files,
            accept=document.accept,
            review=tuple((tick.id, tick.text) for tick in attachment.review),
            refuse_with=self._refusals(attachment.refuse_with, (), ()),
            waive=document.waive,
            screening={},
            present=self.run.paper(item, who).present,
        )

    def _served(self, document: Document, who: str | None) -> tuple[str, ...]:
        if not document.serves:
            return () if who is None else (who,)
        served = [key for role in document.serves for key in self.run.people_of(role)]
        return tuple(key for key in self.people if key in served or key == who)

    def _refusals(self, own: Any, *checks: Any) -> tuple[tuple[str, str], ...]:
        """Those every paper may be refused with, those of its checks, and its own; own cures win."""
        found = {reason: f"reasons.{reason}.cure" for reason in self.looks.definition.always}
        found.update({check.reason: f"reasons.{check.reason}.cure" for group in checks for check in group})
        found.update({one.reason: one.cure for one in own})
        return tuple(found.items())

    # Facts

    def _facts(self, document: Document, who: str | None) -> tuple[AskedFact, ...]:
        return tuple(
            self._fact(spec, document, who)
            for spec in document.facts.values()
            if self.run.fact_asked(spec, document, who) is True
        )

    def _fact(self, spec: Any, document: Document, who: str | None) -> AskedFact:
        filling = self.looks.run(FILLING)
        given = filling.paper(document.id, who).facts.get(spec.id)
        best = filling.strongest(given)
        if best is not None:
            value, trust = best.value, best.trust
        else:
            value = filling.fact(document.id, who, spec.id)
            known = value is not UNKNOWN and value is not NOTHING
            value, trust = (
                (sorted(value) if isinstance(value, frozenset) else value, "assumed") if known else (None, None)
            )
        return AskedFact(
            spec.id,
            spec.type,
            spec.many,
            spec.options,
            spec.former,
            spec.required,
            spec.known,
            spec.text,
            value,
            trust,
            _differs(given, best),
            spec.read_by,
        )

    # Checks

    def _checks(self, document: Document, picked: Any, who: str | None) -> tuple[CheckResult, ...]:
        every = (*document.checks, *(picked.checks if picked else ()))
        found = [self._check(check, document, who) for check in every]
        return tuple(result for result in found if result is not None)

    def _check(self, check: Check, document: Document, who: str | None) -> CheckResult | None:
        """None if it does not apply: its `when` is false, or it names nothing."""
        here = (document.id, who)
        applies, weak = holds(self.run, check.when, who, here)
        run = self.looks.checking(weak)
        applies = check.when(run, who, here) if weak else applies
        if applies is False:
            return None
        self.run.leaning = False
        named = [get(self.run, who, here) for get, _ in check.names]
        run = self.looks.checking(weak or self.run.leaning)
        if run is not self.run:
            named = [get(run, who, here) for get, _ in check.names]
        if any(value is NOTHING for value in named):
            return None
        window, state = self._days(check, run, who, here)
        if applies is None:
            state, window = TO_DECIDE, EVER
        if state == TO_DECIDE:
            self.unknowns.append(
                Unknown("check", who, f"{document.id}:{check.reason}", _unknown_names(check, run, here))
            )
        first, last = window
        return CheckResult(
            reason=check.reason,
            state=state,
            values=self._values_for(check, run, who, here) if state == FAILS else {},
            trust=_weakest(run, check, document, who),
            from_on=None if first == FIRST else first,
            until_on=None if last == LAST else last,
            limit=check.limit,
        )

    def _values_for(self, check: Check, run: Run, who: str | None, here: tuple) -> dict[str, Any]:
        """What the reason's sentences may tell."""
        more = {"limit": Said(check.limit)} if check.limit else {}
        values: dict[str, Any] = {}
        for word in ("seen", "why", "cure"):
            values.update(said(run, f"reasons.{check.reason}.{word}", who, here=here, **more).values)
        return values

    @staticmethod
    def _days(check: Check, run: Run, who: str | None, here: tuple) -> tuple[tuple[date, date], str]:
        """(meeting days that pass, state): before a booking it fails only if no day from today on could pass."""
        if not check.meets:
            value = check.that(run, who, here)
            return EVER, {True: FINE, False: FAILS, None: TO_DECIDE}[value]
        run.meeting_leaf, run.supposed = None, True
        with_it = check.that(run, who, here)
        run.supposed = False
        without = check.that(run, who, here)
        leaf, run.supposed = run.meeting_leaf, None
        if with_it is None or without is None:
            return EVER, TO_DECIDE
        if with_it == without or leaf is None:
            return EVER, FINE if with_it else FAILS
        days = window_for(*leaf)
        window = days if with_it else other_days(days)
        if run.meeting_on is not None:
            return window, FINE if window[0] <= run.meeting_on <= window[1] else FAILS
        return window, FINE if max(window[0], run.today) <= window[1] else FAILS

    # The booking window

    def window(self, not_before: date | None) -> Window:
        """The days left for the meeting by every check that a day can still pass, and by the meeting's own rules."""
        reasons: list[WindowReason] = []
        if not_before is not None:
            reasons.append(WindowReason("from", not_before, None, None, None))
        for demand in self.certain:
            for check in () if demand.optional else demand.checks:
                hopeless = max(check.from_on or FIRST, self.run.today) > (check.until_on or LAST)
                if hopeless or (check.state == FAILS and self.run.meeting_on is None):
                    continue
                if check.from_on is not None:
                    reasons.append(WindowReason("from", check.from_on, demand.item, demand.person, check.reason))
                if check.until_on is not None:
                    reasons.append(WindowReason("until", check.until_on, demand.item, demand.person, check.reason))
        first = max((one.on for one in reasons if one.end == "from"), default=None)
        last = min((one.on for one in reasons if one.end == "until"), default=None)
        return Window(first, last, tuple(reasons))


def _or(left: bool | None, right: bool | None) -> bool | None:
    if left is True or right is True:
        return True
    return None if left is None or right is None else False


def _together(checks: tuple[CheckResult, ...]) -> tuple[date, date]:
    """The span in which all checks hold; a check that fails on every day leaves none."""
    first, last = EVER
    for check in checks:
        if check.state == FAILS and check.from_on is None and check.until_on is None:
            continue
        first, last = max(first, check.from_on or FIRST), min(last, check.until_on or LAST)
    return first, last


def _is_owed(fact: AskedFact) -> bool:
    return fact.required and fact.known_at == "upload" and not _is_given(fact)


def _is_given(fact: AskedFact) -> bool:
    """Stated by the sender or seen by staff; a guess or a machine's reading still has to be confirmed."""
    return fact.trust in (STATED, SEEN) and fact.value not in (None, "", [], EMPTY)


def _differs(given: Any, best: Fact | None) -> bool:
    if best is None or not isinstance(given, tuple | list):
        return False
    return any(isinstance(one, Fact) and one.value not in (None, best.value) for one in given)


def _weakest(run: Run, check: Check, document: Document, who: str | None) -> str | None:
    """The weakest word among the facts this check names."""
    facts = run.paper(document.id, who).facts
    trusts = [best.trust for name in check.facts if (best := run.strongest(facts.get(name)))]
    return min(trusts, key=lambda trust: STRENGTH[trust], default=None)


def _unknown_names(check: Check, run: Run, here: tuple) -> tuple[str, ...]:
    return tuple(fact for fact in check.facts if run.fact(here[0], here[1], fact) is UNKNOWN)
