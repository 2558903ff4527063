"""A sentence to be said: the path of its text and the values for its placeholders."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

PLACEHOLDER: Final = re.compile(r"<([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*(?::[a-z]+)?)>")


@dataclass(frozen=True, slots=True)
class PersonNamed:
    """Stands for `<person>`: the name they gave, else the word for their role."""

    key: str
    role: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Coded:
    """A value whose words depend on the language. kind: country, language, option, text (a path)."""

    kind: str
    code: str


@dataclass(frozen=True, slots=True)
class Said:
    """path: of the text in the checklist. values: placeholder name -> value (dates, Coded, PersonNamed, str)."""

    path: str
    values: Mapping[str, Any] = field(default_factory=dict)


def placeholders_in(text: str) -> set[str]:
    """Names between < and >, with the case mark (`person:of`) if there is one."""
    return set(PLACEHOLDER.findall(text))
