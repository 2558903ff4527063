"""What openapi.json says is what happens: schemathesis calls every operation with what fits and what does not."""

from __future__ import annotations

import copy

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

import clock
from extensions import db
from tests.support.thorough import THOROUGH
from tests.web.api.conftest import System
from tests.web.api.filling import filled_in, sent
from tests.web.conftest import house_on

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
CALLS = 120 if THOROUGH else 6


def operations():
    import web.api  # noqa: F401 - brings the routes
    from web.api.blueprint import bp

    found = [(path, method) for path, item in bp.paths.items() for method in item.model_fields_set]
    return sorted(found, key=lambda one: (one[0].endswith("withdrawal"), one))  # What ends a file comes last.


@pytest.fixture(scope="module")
def called(databases, tmp_path_factory):
    """A house with a draft and a file that was sent, and a key that is never asked to wait."""
    with databases.copy("sqlite") as url:
        house = house_on(url, tmp_path_factory.mktemp("described"), API_REQUESTS_PER_MINUTE="1000000")
        clock.use(lambda: house.made.now)
        system = System(house)
        files = [file.rpartition("/")[2] for file in (filled_in(system), sent(system))]
        yield system, schemathesis.openapi.from_wsgi("/api/v1/openapi.json", house.app), files
        clock.use(None)
        with house.app.app_context():
            db.engine.dispose()


def some(number):
    return settings(max_examples=number, deadline=None, database=None, phases=[Phase.generate], derandomize=True,
                    verbosity=Verbosity.quiet, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize(("path", "method"), operations(), ids=lambda one: one.removeprefix("/api/v1/"))
@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_no_answer_is_a_fault_of_ours_and_none_is_undeclared(called, path, method, mode):
    system, schema, files = called
    operation = schema[path][method.upper()]
    numbers = st.integers(1, 12)

    @some(CALLS)
    @given(case=operation.as_strategy(generation_mode=mode), file=st.sampled_from(files), number=numbers,
           real=st.integers(0, 3))
    def calls(case, file, number, real):
        if real and case.path_parameters:
            given_here = {"reference": file, "requirement_id": number, "document_id": number, "item_id": number,
                          "person_id": number}
            case.path_parameters.update({key: given_here.get(key, value)
                                         for key, value in case.path_parameters.items()})
        response = case.call(headers={"Authorization": f"Bearer {system.secret}"})
        case.validate_response(response, checks=CHECKS)

    calls()


def test_no_operation_answers_without_a_key(called):
    _system, schema, files = called
    for operation in (each.ok() for each in schema.get_all_operations()):
        path = operation.path.replace("{reference}", files[0]).replace("{name}", "dk-cpr")
        for name in ("requirement_id", "document_id", "item_id", "person_id"):
            path = path.replace(f"{{{name}}}", "1")
        answer = called[0].house.app.test_client().open(path, method=operation.method.upper(), json={})
        assert (answer.status_code, answer.json["code"]) == (401, "no_key"), operation.label


def test_an_undeclared_answer_would_be_seen(called):
    system, schema, _files = called
    poorer = copy.deepcopy(schema.raw_schema)
    del poorer["paths"]["/api/v1/checklists"]["get"]["responses"]["200"]
    operation = schemathesis.openapi.from_dict(poorer)["/api/v1/checklists"]["GET"]
    case = operation.Case()
    answer = schema["/api/v1/checklists"]["GET"].Case().call(headers={"Authorization": f"Bearer {system.secret}"})

    with pytest.raises(FailureGroup):
        case.validate_response(answer, checks=[status_code_conformance])
