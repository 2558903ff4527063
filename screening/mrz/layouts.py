"""Where each field stands in the five layouts of ICAO 9303. Lines and columns count from 0, ends are not included."""

from dataclasses import dataclass

from screening.mrz.characters import DIGITS, FILLER, LETTERS

Span = tuple[int, int, int]


@dataclass(frozen=True)
class Layout:
    """spans: field -> (line, start, end). checked: field -> where its check digit stands.

    whole: what the last check digit covers; empty when the layout has none.
    """

    name: str
    lines: int
    width: int
    spans: dict[str, Span]
    checked: dict[str, tuple[int, int]]
    whole: tuple[Span, ...] = ()
    whole_at: tuple[int, int] | None = None

    def allowed(self, line: int, column: int) -> str:
        """The characters that may stand here."""
        if (line, column) == self.whole_at:
            return DIGITS
        for field, at in self.checked.items():
            if at == (line, column):
                return DIGITS + FILLER if field in ("number", "personal") else DIGITS
        for field, (row, start, end) in self.spans.items():
            if row == line and start <= column < end:
                return _ALLOWED[field]
        return DIGITS + LETTERS + FILLER


_ALLOWED = {
    "type": LETTERS + FILLER,
    "issuer": LETTERS + FILLER,
    "nationality": LETTERS + FILLER,
    "names": LETTERS + FILLER,
    "sex": "MFX" + FILLER,
    "birth": DIGITS + FILLER,
    "expiry": DIGITS + FILLER,
    "number": DIGITS + LETTERS + FILLER,
    "personal": DIGITS + LETTERS + FILLER,
    "optional": DIGITS + LETTERS + FILLER,
    "optional_2": DIGITS + LETTERS + FILLER,
}


def _two_lines(name: str, width: int, last: dict[str, Span], **more) -> Layout:
    spans = {"type": (0, 0, 2), "issuer": (0, 2, 5), "names": (0, 5, width), "number": (1, 0, 9),
             "nationality": (1, 10, 13), "birth": (1, 13, 19), "sex": (1, 20, 21), "expiry": (1, 21, 27)}  # fmt: skip
    checked = {"number": (1, 9), "birth": (1, 19), "expiry": (1, 27)} | more.pop("checked", {})
    return Layout(name, 2, width, spans | last, checked, **more)


_TD3 = _two_lines("TD3", 44, {"personal": (1, 28, 42)}, checked={"personal": (1, 42)},
                  whole=((1, 0, 10), (1, 13, 20), (1, 21, 43)), whole_at=(1, 43))  # fmt: skip
_TD2 = _two_lines("TD2", 36, {"optional": (1, 28, 35)},
                  whole=((1, 0, 10), (1, 13, 20), (1, 21, 35)), whole_at=(1, 35))  # fmt: skip
_MRV_A = _two_lines("MRV-A", 44, {"optional": (1, 28, 44)})
_MRV_B = _two_lines("MRV-B", 36, {"optional": (1, 28, 36)})
_TD1 = Layout(
    "TD1",
    3,
    30,
    {"type": (0, 0, 2), "issuer": (0, 2, 5), "number": (0, 5, 14), "optional": (0, 15, 30), "birth": (1, 0, 6),
     "sex": (1, 7, 8), "expiry": (1, 8, 14), "nationality": (1, 15, 18), "optional_2": (1, 18, 29),
     "names": (2, 0, 30)},
    {"number": (0, 14), "birth": (1, 6), "expiry": (1, 14)},
    ((0, 5, 30), (1, 0, 7), (1, 8, 15), (1, 18, 29)),
    (1, 29),
)  # fmt: skip

LAYOUTS = {layout.name: layout for layout in (_TD3, _TD2, _TD1, _MRV_A, _MRV_B)}


def layout_of(lines: int, width: int, first: str) -> Layout | None:
    """The layout with this shape; visas are told from other documents by their first character."""
    for layout in LAYOUTS.values():
        if (layout.lines, layout.width) == (lines, width) and layout.name.startswith("MRV") == (first == "V"):
            return layout
    return None
