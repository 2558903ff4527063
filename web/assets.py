"""Where pages get their sheets, scripts and drawings from: what frontend/build.mjs made, under names that change with the content."""

import hashlib
import json
import mimetypes
from dataclasses import fields
from functools import cached_property
from pathlib import Path

from flask import Flask, Response, abort, request, send_from_directory, url_for

from brand import COLOURS, Brand

FOR_A_YEAR = "public, max-age=31536000, immutable"
SOFT = {"sea": "sea-soft", "leaf": "leaf-soft", "sun": "sun-soft"}
SOFT_SHARE = 0.11  # How much of a colour is left in the ground behind words about it.


class Assets:
    """The manifest in folder. Raises KeyError for a name that was not built."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def names(self) -> dict[str, str]:
        return json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))

    @cached_property
    def packed(self) -> frozenset[str]:
        """Names that have a gzip twin beside them."""
        return frozenset(path.relative_to(self.folder).as_posix()[: -len(".gz")] for path in self.folder.rglob("*.gz"))


def theme_sheet(brand: Brand) -> str:
    """The city's colours as CSS variables over frontend/_tokens.scss; empty when they are ours."""
    if all(getattr(brand, one.name) == one.default for one in fields(Brand) if one.name in COLOURS):
        return ""
    lines = [f"--{name.replace('_', '-')}:{getattr(brand, name)}" for name in COLOURS]
    lines += [f"--{soft}:{_softened(getattr(brand, name))}" for name, soft in SOFT.items()]
    return ":root{" + ";".join(lines) + "}\n"


def install(app: Flask, folder: Path, brand: Brand) -> None:
    """Serves /assets/, and gives templates asset(name) and theme_url."""
    assets, theme = Assets(folder), theme_sheet(brand)
    theme_name = f"theme-{hashlib.sha256(theme.encode()).hexdigest()[:12]}.css"

    @app.get("/assets/<path:name>", endpoint="asset")
    def asset_file(name: str) -> Response:
        if theme and name == theme_name:
            return _kept(Response(theme, mimetype="text/css"))
        if name.endswith((".gz", ".json")):
            abort(404)
        return _kept(_packed(assets, name) or send_from_directory(folder, name))

    app.jinja_env.globals["asset"] = lambda name: url_for("asset", name=assets.names[name])
    app.context_processor(lambda: {"theme_url": url_for("asset", name=theme_name) if theme else None})


def _packed(assets: Assets, name: str) -> Response | None:
    """The packed twin, when there is one and the browser reads gzip."""
    if "gzip" not in request.accept_encodings or name not in assets.packed:
        return None
    answer = send_from_directory(assets.folder, f"{name}.gz", mimetype=mimetypes.guess_type(name)[0])
    answer.headers["Content-Encoding"] = "gzip"
    return answer


def _kept(answer: Response) -> Response:
    answer.headers["Cache-Control"] = FOR_A_YEAR
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.vary.add("Accept-Encoding")
    return answer


def _softened(colour: str) -> str:
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * SOFT_SHARE):02x}" for part in parts)
