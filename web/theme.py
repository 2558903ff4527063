"""The house's colours as a sheet over ours; nothing when it wears ours."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from brand import COLOURS, Brand


@dataclass(frozen=True)
class Sheet:
    css: str
    version: str


def sheet_of(brand: Brand) -> Sheet | None:
    """Colours were checked when the settings were read, so they are #rrggbb and nothing else."""
    plain = Brand()
    changed = [name for name in COLOURS if getattr(brand, name) != getattr(plain, name)]
    if not changed:
        return None
    css = ":root{" + "".join(f"--{name.replace('_', '-')}:{getattr(brand, name)};" for name in changed) + "}\n"
    return Sheet(css, hashlib.sha256(css.encode()).hexdigest()[:12])
