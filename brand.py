"""A house's name and colours, refused at start when somebody could not read them."""

import re
from dataclasses import dataclass

READABLE = 4.5  # WCAG 2.2, 1.4.3: text against what lies behind it.
WHITE = "#ffffff"


@dataclass(frozen=True, kw_only=True)
class Brand:
    """Colours as #rrggbb. sea carries links and buttons, leaf says that all is well, sun marks the focus."""

    name: str = "Klarsag"
    ink: str = "#12263a"
    paper: str = "#fbfaf7"
    sea: str = "#0f6e84"
    sea_deep: str = "#0a5163"
    leaf: str = "#1d7a4c"
    leaf_deep: str = "#135736"
    sun: str = "#f2b33d"


COLOURS = ("ink", "paper", "sea", "sea_deep", "leaf", "leaf_deep", "sun")
# (text, ground) pairs that occur on pages; a name of Brand or a colour.
_MEET = (
    ("ink", "paper"),
    ("ink", WHITE),
    ("ink", "sun"),
    ("sea", "paper"),
    ("sea", WHITE),
    ("sea_deep", "paper"),
    ("sea_deep", WHITE),
    ("leaf", WHITE),
    ("leaf_deep", "paper"),
    ("leaf_deep", WHITE),
)


def faults_in(brand: Brand) -> list[str]:
    """Everything wrong with a brand as sentences; empty when it may be used."""
    faults = [] if brand.name.strip() else ["BRAND_NAME is empty: give the name that people know the house by"]
    malformed = [name for name in COLOURS if not re.fullmatch(r"#[0-9a-fA-F]{6}", getattr(brand, name))]
    faults += [f"BRAND_{name.upper()} must be a colour written as #rrggbb" for name in malformed]
    for text, ground in _MEET:
        if text not in malformed and ground not in malformed:
            faults += _too_faint(brand, text, ground)
    return faults


def contrast(one: str, other: str) -> float:
    """WCAG contrast ratio of two #rrggbb colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _too_faint(brand: Brand, text: str, ground: str) -> list[str]:
    ratio = contrast(getattr(brand, text), ground if ground.startswith("#") else getattr(brand, ground))
    if ratio >= READABLE:
        return []
    behind = "white" if ground == WHITE else f"BRAND_{ground.upper()}"
    return [f"BRAND_{text.upper()} on {behind} has a contrast of {ratio:.1f}, and text needs {READABLE} or more"]


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
