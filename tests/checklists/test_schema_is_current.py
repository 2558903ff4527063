from checklists import json_schema


def test_the_committed_json_schema_is_the_present_one():
    assert json_schema.FILE.read_text(encoding="utf-8") == json_schema.as_text(), "run: flask checklist schema --write"


def test_every_reference_in_it_leads_somewhere():
    schema = json_schema.json_schema()

    def references(value):
        if isinstance(value, dict):
            yield from [value["$ref"]] if isinstance(value.get("$ref"), str) else []
            for inner in value.values():
                yield from references(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from references(inner)

    assert {name.removeprefix("#/$defs/") for name in references(schema)} <= set(schema["$defs"])
