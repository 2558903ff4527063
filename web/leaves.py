"""The smallest parts of every page, by plain functions. As macros they were called a hundred times a page, each at the
price of a macro. templates/macros hand them out beside the macros made of them.

Everything that comes in is escaped here, unless it is Markup already; names of attributes are ours.
"""

# ruff: noqa: S704, E501 - this is where HTML is made, and shapes are long
from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

from flask import Flask
from flask_babel import gettext as _
from markupsafe import Markup, escape

NOTHING = Markup()
# Drawn by us, in a square of 24. One stroke wide; no colour of their own.
SHAPES = {
    "tick": '<path d="M4.5 12.5l5 5 10-11"/>',
    "tick_round": '<circle cx="12" cy="12" r="9.5"/><path d="M7.5 12.5l3 3 6-7"/>',
    "circle": '<circle cx="12" cy="12" r="9"/>',
    "half": '<circle cx="12" cy="12" r="9"/><path d="M12 3a9 9 0 0 1 0 18z" fill="currentColor" stroke="none"/>',
    "hourglass": '<path d="M6 3h12M6 21h12M7.5 3v3.5L12 12l-4.5 5.5V21M16.5 3v3.5L12 12l4.5 5.5V21"/>',
    "question": '<circle cx="12" cy="12" r="9.5"/><path d="M9.2 9.4a2.9 2.9 0 1 1 4.3 2.5c-1 .6-1.5 1.2-1.5 2.2"/><path d="M12 17.2v.1"/>',
    "warning": '<path d="M12 3.5L2.5 20h19z"/><path d="M12 10v4.5M12 17.3v.1"/>',
    "cross": '<path d="M6 6l12 12M18 6L6 18"/>',
    "cross_round": '<circle cx="12" cy="12" r="9.5"/><path d="M8.5 8.5l7 7M15.5 8.5l-7 7"/>',
    "lock": '<rect x="5" y="10.5" width="14" height="10" rx="2"/><path d="M8 10.5V7.5a4 4 0 0 1 8 0v3"/>',
    "info": '<circle cx="12" cy="12" r="9.5"/><path d="M12 11v6M12 7.2v.1"/>',
    "calendar": '<rect x="3.5" y="5" width="17" height="15.5" rx="2"/><path d="M3.5 10h17M8 2.5v4M16 2.5v4"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 6.5V12l3.5 2.5"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4 21c.8-4.5 4-6.5 8-6.5s7.2 2 8 6.5"/>',
    "camera": '<path d="M3 8h4l2-3h6l2 3h4v12H3z"/><circle cx="12" cy="13.5" r="3.7"/>',
    "paper": '<path d="M6 2.5h8l4.5 4.5v14.5H6z"/><path d="M14 2.5V7h4.5"/>',
    "upload": '<path d="M12 16V4.5M7 9l5-5 5 5M4 16v4.5h16V16"/>',
    "download": '<path d="M12 4v11.5M7 11l5 5 5-5M4 16v4.5h16V16"/>',
    "bin": '<path d="M4 6.5h16M9 6.5V3.5h6v3M6 6.5l1 14h10l1-14M10 10.5v6M14 10.5v6"/>',
    "turn": '<path d="M20 12a8 8 0 1 1-2.6-5.9M20 3v4.5h-4.5"/>',
    "up": '<path d="M12 20V4.5M6 10l6-6 6 6"/>',
    "down": '<path d="M12 4v15.5M6 14l6 6 6-6"/>',
    "next": '<path d="M4 12h15.5M14 6l6 6-6 6"/>',
    "previous": '<path d="M20 12H4.5M10 6l-6 6 6 6"/>',
    "globe": '<circle cx="12" cy="12" r="9.5"/><path d="M2.5 12h19M12 2.5c3 3 3.8 6 3.8 9.5s-.8 6.5-3.8 9.5c-3-3-3.8-6-3.8-9.5s.8-6.5 3.8-9.5z"/>',
    "mail": '<rect x="2.5" y="5" width="19" height="14" rx="2"/><path d="M3 6.5l9 7 9-7"/>',
    "phone": '<rect x="6.5" y="2.5" width="11" height="19" rx="2.5"/><path d="M11 18.3h2"/>',
    "print": '<path d="M7 8V3h10v5M7 17H3.5V8.5h17V17H17M7 14h10v7H7z"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.5 15.5L21 21"/>',
    "place": '<path d="M12 21.5c-4.5-5-7-8.5-7-12a7 7 0 0 1 14 0c0 3.5-2.5 7-7 12z"/><circle cx="12" cy="9.5" r="2.5"/>',
    "plus": '<path d="M12 4v16M4 12h16"/>',
    "pen": '<path d="M4 20l1-4.5L16.5 4l3.5 3.5L8.5 19z"/>',
    "chat": '<path d="M3 4h18v12.5H11L6 21v-4.5H3z"/>',
    "flag": '<path d="M5 21.5V3.5h13l-3 4.5 3 4.5H5"/>',
    "eye": '<path d="M2 12c2.5-4.5 6-6.5 10-6.5S19.5 7.5 22 12c-2.5 4.5-6 6.5-10 6.5S4.5 16.5 2 12z"/><circle cx="12" cy="12" r="3"/>',
    "zoom": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.5 15.5L21 21M7.5 10.5h6M10.5 7.5v6"/>',
}
_TURNS = {"next", "previous"}  # with the direction of writing


def register(app: Flask) -> None:
    app.jinja_env.globals["leaves"] = SimpleNamespace(
        mark=mark, more=more, described=described, hint_line=hint_line, error_line=error_line, hidden=hidden)


def mark(name: str) -> Markup:
    """Hidden from screen readers: the words beside it speak. Nothing where there is no such mark."""
    return _MARKS.get(name, NOTHING)


def more(attrs: Mapping[str, Any] | None) -> Markup:
    """Attributes of an element, each with a blank before it. True: the name alone; None and False: nothing."""
    if not attrs:
        return NOTHING
    return Markup("".join(
        f" {name}" if value is True else f' {name}="{escape(value)}"'
        for name, value in attrs.items() if value is not None and value is not False
    ))


def described(id: str, hint: Any, errors: Sequence[str], extra: str | None = None) -> Markup:
    """What a screen reader says of an input besides its label."""
    if not (hint or errors or extra):
        return NOTHING
    ids = [f"{id}-hint"] * bool(hint) + [f"{id}-error"] * bool(errors) + [extra] * bool(extra)
    invalid = ' aria-invalid="true"' if errors else ""
    return Markup(f' aria-describedby="{escape(" ".join(ids))}"{invalid}')


def hint_line(id: str, hint: Any) -> Markup:
    return Markup(f'<div class="govuk-hint" id="{escape(id)}-hint">{escape(hint)}</div>') if hint else NOTHING


def error_line(id: str, errors: Sequence[Any]) -> Markup:
    if not errors:
        return NOTHING
    words = f'<span class="k-hidden">{escape(_("Error:"))}</span> {Markup(" ").join(errors)}'
    return Markup(f'<p class="govuk-error-message" id="{escape(id)}-error">{mark("warning")}<span>{words}</span></p>')


def hidden(name: str, value: Any) -> Markup:
    return Markup(f'<input type="hidden" name="{escape(name)}" value="{"" if value is None else escape(value)}">')


def _drawn(name: str, shape: str) -> Markup:
    turns = " k-mark--turns" if name in _TURNS else ""
    return Markup(
        f'<svg class="k-mark{turns}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{shape}</svg>'
    )


_MARKS = {name: _drawn(name, shape) for name, shape in SHAPES.items()}
