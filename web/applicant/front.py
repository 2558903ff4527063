"""The front door: what brings you here, in the topics of every checklist, and a search that knows other words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from flask import render_template, request, url_for

from checklists.definition import Definition, Topic
from web import language, sessions
from web.applicant.blueprint import bp
from web.guards import public
from web.offered import offered

PICTURES = {
    "work": "work",
    "job_search": "search",
    "study": "study",
    "family": "family",
    "nordic": "boat",
    "return": "move",
    "self_employed": "contract",
    "funds": "savings",
}
QUERY_MOST = 80


@dataclass(frozen=True, slots=True)
class Door:
    """A topic of one checklist. name: as it stands in addresses and on posters."""

    name: str
    text: str
    picture: str
    definition: Definition
    topic: Topic

    @property
    def href(self) -> str:
        return url_for("applicant.topic", name=self.name)


@bp.get("/")
@public
def front():
    typed = " ".join(request.args.get("q", "").split())[:QUERY_MOST]
    doors = list(all_doors())
    shown = [door for door in doors if matches(door, typed)] if typed else doors
    return render_template(
        "applicant/front.html",
        doors=shown or doors,
        typed=typed,
        nothing=bool(typed and not shown),
        has_file=sessions.load_applicant() is not None,
    )


def all_doors() -> Iterator[Door]:
    """The topics of the checklists this house offers, in their order."""
    for definition in offered():
        for topic in definition.topics:
            yield Door(
                f"{definition.name}.{topic.id}",
                definition.text(f"topics.{topic.id}.say", language.code()),
                PICTURES.get(topic.id, "paper"),
                definition,
                topic,
            )


def door_named(name: str) -> Door | None:
    """By its whole name, or by the topic alone (posters) where only one checklist has it."""
    doors = list(all_doors())
    exact = next((door for door in doors if door.name == name), None)
    alone = [door for door in doors if door.topic.id == name]
    return exact or (alone[0] if len(alone) == 1 else None)


def matches(door: Door, typed: str) -> bool:
    """Every word that was typed begins a word of the topic, in any of its languages or in its other words."""
    languages = door.definition.languages
    texts = [door.definition.text(f"topics.{door.topic.id}.say", each) for each in languages]
    known = {word for text in (*texts, *door.topic.also) for word in folded(text)}
    runs_on = folded_text(" ".join((*texts, *door.topic.also)))  # Chinese and Japanese have no gaps between words.
    return all(
        any(each.startswith(word) for each in known) or (not word.isascii() and word in runs_on)
        for word in folded(typed)
    )


def folded_text(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign if sign.isalnum() else " " for sign in bare if not unicodedata.combining(sign))


def folded(text: str) -> list[str]:
    return folded_text(text).split()
