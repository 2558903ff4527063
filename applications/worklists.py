"""The four worklists. Each function is one statement, and none counts rows: counts are kept beside (queue_count)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from accounts.models import Staff
from accounts.scope import Place, within
from applications.models import Application, Person, QueueCount, QueueDelta, SearchWord
from offices.models import Municipality, Office, OfficeServes

QUEUES = ("current", "waiting_for_citizen", "ready_to_attend", "completed")
NEWEST_FIRST = frozenset({"completed"})  # what is done is looked for from its end
PAGE_ROWS = 50
FOUND_ROWS = 50
SOON = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place between two rows: act_by_at and id of the row it lies beside."""

    act_by_at: datetime
    id: int

    def __str__(self) -> str:
        return f"{self.act_by_at:%Y%m%dT%H%M%S%f}-{self.id}"


def read_cursor(text: str | None) -> Cursor | None:
    """A cursor from an address; None for anything that is none."""
    moment, _, number = (text or "").partition("-")
    try:
        found = Cursor(datetime.strptime(moment, "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC), int(number))
    except ValueError:
        return None
    return found if 0 < found.id < 2**63 else None


_ANYWHERE = Cursor(datetime(1, 1, 1, tzinfo=UTC), 1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which files. holder: a person's id, 0 for nobody, None for all. age: over, soon or on_time, by act_by_at."""

    queue: str
    office_id: int | None = None
    municipality_id: int | None = None
    holder: int | None = None
    todo: str | None = None
    stage: str | None = None
    age: str | None = None
    after: Cursor | None = None
    before: Cursor | None = None


@dataclass(frozen=True, slots=True)
class Row:
    id: int
    reference: str
    stage: str
    queue: str
    office_todo: str
    act_by_at: datetime
    queue_since_at: datetime | None
    closed_at: datetime | None
    holder_id: int | None
    channel: str
    name: str | None
    has_others: bool
    municipality: str | None
    office: str | None
    zone: str | None
    holder: str | None

    @property
    def cursor(self) -> Cursor:
        return Cursor(self.act_by_at, self.id)


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of a list. newer, older: cursors of the neighbouring pages, None where there is none."""

    rows: tuple[Row, ...]
    newer: Cursor | None
    older: Cursor | None


def page(session: Session, places: Iterable[Place], wanted: Wanted, now: datetime, *, rows: int = PAGE_ROWS) -> Listed:
    """One page by due date; one row more than it shows is read, to know whether it goes on."""
    back, cursor = wanted.before is not None, wanted.before or wanted.after
    shape = replace(wanted, after=_ANYWHERE if wanted.after else None, before=_ANYWHERE if wanted.before else None)
    beside = {"beside_at": cursor.act_by_at, "beside_id": cursor.id} if cursor else {}
    given = {"now": now, "soon": now + SOON, **beside}
    found = [Row(*row) for row in session.execute(_page_query(tuple(places), shape, rows), given)]
    goes_on, shown = len(found) > rows, found[:rows]
    if back:
        shown.reverse()
    came_from = bool(wanted.after)
    has_newer, has_older = (goes_on, True) if back else (came_from, goes_on)
    return Listed(tuple(shown), shown[0].cursor if shown and has_newer else None,
                  shown[-1].cursor if shown and has_older else None)


@lru_cache(maxsize=256)
def _page_query(places: tuple[Place, ...], wanted: Wanted, rows: int) -> Select:
    """Put together once for each list that is looked at; instants and cursors are given when it runs."""
    falling = (wanted.queue in NEWEST_FIRST) is not (wanted.before is not None)
    keys = (Application.act_by_at, Application.id)
    return (file_rows().where(*_conditions(places, wanted))
            .order_by(*((key.desc() for key in keys) if falling else keys)).limit(rows + 1))


def by_words(session: Session, places: Iterable[Place], words: Iterable[str]) -> list[Row]:
    """Files on which every word begins a word of some name, newest first, at most FOUND_ROWS."""
    query = file_rows().where(Application.erased_at.is_(None), _here(places))
    for word in words:
        named = select(SearchWord.application_id).where(SearchWord.word.startswith(word, autoescape=True))
        query = query.where(Application.id.in_(named))
    return [Row(*row) for row in session.execute(query.order_by(Application.id.desc()).limit(FOUND_ROWS))]


def by_reference(session: Session, places: Iterable[Place], reference: str) -> str | None:
    """The reference, if such a file lies here."""
    return session.scalar(select(Application.reference).where(
        Application.reference == reference, Application.erased_at.is_(None), _here(places)))


def cursor_of(session: Session, places: Iterable[Place], reference: str) -> Cursor | None:
    """The place of a file in any list it is on."""
    row = session.execute(select(Application.act_by_at, Application.id).where(
        Application.reference == reference, Application.erased_at.is_(None), _here(places))).first()
    return Cursor(*row) if row else None


def counts(session: Session, places: Iterable[Place]) -> dict[str, int]:
    """How many files lie in each queue: what was folded and what was noted since."""
    rows = session.execute(_counts_query(tuple(places)))
    return {**dict.fromkeys(QUEUES, 0), **{queue: int(n) for queue, n in rows}}


@lru_cache(maxsize=256)
def _counts_query(places: tuple[Place, ...]) -> Select:
    parts = [select(table.queue.label("queue"), table.n.label("n"))
             .where(within(places, table.office_id, table.municipality_id)) for table in (QueueCount, QueueDelta)]
    both = union_all(*parts).subquery()
    return select(both.c.queue, func.sum(both.c.n)).group_by(both.c.queue)


def first_due(session: Session, places: Iterable[Place]) -> dict[str, datetime]:
    """When the next file of each open queue falls due: three short walks over the index."""
    return {row.queue: row.at for row in session.execute(_first_due_query(tuple(places)))}


@lru_cache(maxsize=256)
def _first_due_query(places: tuple[Place, ...]) -> CompoundSelect:
    walks = [
        select(literal(queue).label("queue"), Application.act_by_at.label("at"))
        .where(*_listed(queue), _here(places)).order_by(Application.act_by_at, Application.id).limit(1).subquery()
        for queue in QUEUES if queue not in NEWEST_FIRST
    ]
    return union_all(*(select(walk.c.queue, walk.c.at) for walk in walks))


@dataclass(frozen=True, slots=True)
class Ages:
    """Open files of one office in one queue, by how they stand against their promise."""

    office_id: int
    queue: str
    on_time: int
    soon: int
    over: int


def ages(session: Session, places: Iterable[Place], now: datetime) -> list[Ages]:
    """For the overview. It walks the open files, so it is for a page that few open and rarely."""
    def few(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.sum(case((condition, 1), else_=0))

    at = Application.act_by_at
    rows = session.execute(
        select(Application.office_id, Application.queue, few(at > now + SOON), few(and_(at > now, at <= now + SOON)),
               few(at <= now))
        .where(Application.queue.in_([q for q in QUEUES if q not in NEWEST_FIRST]), Application.erased_at.is_(None),
               _here(tuple(places)))
        .group_by(Application.office_id, Application.queue)
    )
    return [Ages(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class PlaceName:
    office_id: int
    office: str
    municipality_id: int | None
    municipality: str | None
    zone: str


def place_names(session: Session, places: Iterable[Place]) -> list[PlaceName]:
    """The offices of these places and the municipalities they work for, for filters."""
    return [PlaceName(*row) for row in session.execute(_names_query(tuple(places)))]


@lru_cache(maxsize=256)
def _names_query(places: tuple[Place, ...]) -> Select:
    return (
        select(Office.id, Office.name, Municipality.id, Municipality.name, Office.zone)
        .outerjoin(OfficeServes, and_(OfficeServes.office_id == Office.id, OfficeServes.until_on.is_(None)))
        .outerjoin(Municipality, Municipality.id == OfficeServes.municipality_id)
        .where(within(places, Office.id, Municipality.id)).order_by(Office.name, Municipality.name)
    )


# --- parts of the statements --------------------------------------------------------------------------------------


@cache
def file_rows() -> Select:
    """A file as a row of a list."""
    lead, holder = aliased(Person), aliased(Staff)
    others = exists().where(Person.application_id == Application.id, Person.role != "applicant",
                            Person.left_at.is_(None)).correlate(Application)
    return (
        select(Application.id, Application.reference, Application.stage, Application.queue, Application.office_todo,
               Application.act_by_at, Application.queue_since_at, Application.closed_at, Application.holder_id,
               Application.channel, lead.name, others, Municipality.name, Office.name, Office.zone, holder.name)
        .outerjoin(lead, and_(lead.application_id == Application.id, lead.role == "applicant", lead.left_at.is_(None)))
        .outerjoin(Municipality, Municipality.id == Application.municipality_id)
        .outerjoin(Office, Office.id == Application.office_id)
        .outerjoin(holder, holder.id == Application.holder_id)
    )


def narrowed(places: Iterable[Place], office_id: int | None, municipality_id: int | None) -> tuple[Place, ...]:
    """Of these places only what lies in one office and one municipality (None: in all): filters of an address."""
    found = [place for place in places if office_id in (None, place.office_id)]
    if municipality_id is None:
        return tuple(found)
    return tuple(replace(place, municipality_id=municipality_id) for place in found
                 if place.municipality_id in (None, municipality_id))


def _here(places: Iterable[Place]) -> ColumnElement[bool]:
    return within(places, Application.office_id, Application.municipality_id)


def _listed(queue: str) -> tuple[ColumnElement[bool], ...]:
    # "<> 'none'" looks needless beside "= queue": the index is a partial one, and this is how the planner sees it fits.
    return (Application.queue == queue, Application.queue != "none", Application.erased_at.is_(None))


def _conditions(places: Iterable[Place], wanted: Wanted) -> list[ColumnElement[bool]]:
    narrower = [place for place in places if wanted.office_id in (None, place.office_id)]
    found = [*_listed(wanted.queue), _here(narrower)]
    if wanted.municipality_id is not None:
        found.append(Application.municipality_id == wanted.municipality_id)
    if wanted.holder is not None:
        found.append(Application.holder_id == wanted.holder if wanted.holder else Application.holder_id.is_(None))
    if wanted.todo:
        # Codes stand in one column with blanks between: "sent" must not find "unsent_items". Not by LIKE: PostgreSQL
        # takes that for rare, gathers the whole queue and sorts it, instead of walking the index up to the limit.
        codes = literal(" ") + Application.office_todo + " "
        found.append(func.replace(codes, f" {wanted.todo} ", "") != codes)
    if wanted.stage:
        found.append(Application.stage == wanted.stage)
    return [*found, *_aged(wanted.age), *_beside(wanted)]


def _aged(age: str | None) -> list[ColumnElement[bool]]:
    at = Application.act_by_at
    now, soon = (bindparam(name, type_=at.type) for name in ("now", "soon"))
    return {"over": [at <= now], "soon": [at > now, at <= soon], "on_time": [at > soon]}.get(age or "", [])


def _beside(wanted: Wanted) -> list[ColumnElement[bool]]:
    if not (wanted.before or wanted.after):
        return []
    key = tuple_(Application.act_by_at, Application.id)
    at = tuple_(bindparam("beside_at", type_=Application.act_by_at.type),
                bindparam("beside_id", type_=Application.id.type))
    later = (wanted.queue in NEWEST_FIRST) is (wanted.before is not None)
    return [key > at if later else key < at]
