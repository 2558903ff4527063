"""The words of a checklist: collected by path from its files, and compared with their translations."""

from collections.abc import Iterator
from typing import Any, Final

from checklists.assemble import Assembly
from checklists.assemble_documents import attachments_of, own_facts
from checklists.faults import WARNING, did_you_mean, shown
from checklists.said import placeholders_in
from checklists.source import Source, Where

Texts = dict[str, tuple[str, Where]]
FIXED: Final = {"options.yes": "Yes", "options.no": "No", "options.not_sure": "I do not know"}


def source_texts(work: Assembly) -> Texts:
    """Path -> (words in the source language, where they stand), in the order of the files."""
    found: Texts = {}
    option_words: dict[str, str] = {}
    for path, text, where in _every_text(work):
        if text is not None:
            found.setdefault(_final_path(path, text, option_words), (text, where))
    for model, source in work.found.shared.values():
        for path, text in model.texts.items():
            found.setdefault(path, (text, Where(source, ("texts", path))))
    for path, text in FIXED.items():
        found.setdefault(path, (text, work.where))
    return found


def _final_path(path: str, text: str, option_words: dict[str, str]) -> str:
    """Two questions may have an option of the same id with different words: the second keeps its own path."""
    if not path.startswith("option:"):
        return path
    _, owner, option = path.split(":")
    same = option_words.setdefault(option, text) == text
    return f"options.{option}" if same else f"{owner}.options.{option}"


def _every_text(work: Assembly) -> Iterator[tuple[str, str | None, Where]]:
    c, top = work.checklist, work.where
    for key in ("title", "notice", "declaration"):
        yield key, getattr(c, key), top.at(key)
    if c.number:
        yield "number.name", c.number.name, top.at("number", "name")
    for at, topic in enumerate(c.topics):
        yield f"topics.{topic.id}.say", topic.say, top.at("topics", at, "say")
    for role, spec in c.people.items():
        yield f"people.{role}.name", spec.name, top.at("people", role, "name")
    for key, spec in c.questions.items():
        yield from _question(f"questions.{key}", spec, top.at("questions", key))
    yield from _other_texts(work)


def _other_texts(work: Assembly) -> Iterator[tuple[str, str | None, Where]]:
    c, top = work.checklist, work.where
    for key, spec in c.worked_out.items():
        yield f"worked_out.{key}.say", spec.say, top.at("worked_out", key, "say")
    for at, page in enumerate(c.pages):
        yield f"pages.{page.id}.title", page.title, top.at("pages", at, "title")
    for at, rule in enumerate(c.rules):
        yield f"rules.{rule.id}.say", rule.say, top.at("rules", at, "say")
    for at, document in enumerate(c.documents):
        yield from _document(work, document, top.at("documents", at))
    for at, more in enumerate(c.meeting.minutes.add):
        yield f"meeting.minutes.add.{at + 1}.because", more.because, top.at("meeting", "minutes", "add", at, "because")
    for key, (reason, where) in work.reasons.items():
        for word in ("seen", "why", "cure"):
            yield f"reasons.{key}.{word}", getattr(reason, word), where.at(word)


def _question(path: str, spec: Any, where: Where) -> Iterator[tuple[str, str | None, Where]]:
    yield f"{path}.ask", spec.ask, where.at("ask")
    yield f"{path}.help", getattr(spec, "help", None), where.at("help")
    yield f"{path}.unit", getattr(spec, "unit", None), where.at("unit")
    for at, option in enumerate(spec.options):
        yield f"option:{path}:{option.id}", option.name, where.at("options", at)
    for name, one in getattr(spec, "fields", {}).items():
        yield from _question(f"{path}.fields.{name}", one, where.at("fields", name))


def _document(work: Assembly, document: Any, where: Where) -> Iterator[tuple[str, str | None, Where]]:
    path = f"documents.{document.id}"
    yield f"{path}.name", document.name, where.at("name")
    yield f"{path}.help", document.help, where.at("help")
    yield from _needed(f"{path}.needed", document.needed, where.at("needed"))
    yield from _parts(f"{path}.parts", document.parts, where.at("parts"))
    for at, choice in enumerate(document.choices):
        here, inner = where.at("choices", at), f"{path}.choices.{choice.id}"
        yield f"{inner}.name", choice.name, here.at("name")
        yield from _parts(f"{inner}.parts", choice.parts, here.at("parts"))
        yield from _checks(f"{inner}.checks", choice.checks, here.at("checks"))
        if isinstance(choice.facts, dict):
            for name, fact in choice.facts.items():
                yield from _question(f"{inner}.facts.{name}", fact, here.at("facts", name))
    for fact, there, words in own_facts(Silent(work), document, where).values():
        yield from _question(words, fact, there)
    yield from _checks(f"{path}.checks", document.checks, where.at("checks"))
    yield from _reviewing(path, document, where)
    for _, spec, there, words in attachments_of(Silent(work), document, where):
        yield from _attachment(spec, there, words)


def _attachment(spec: Any, where: Where, path: str) -> Iterator[tuple[str, str | None, Where]]:
    yield f"{path}.name", spec.name, where.at("name")
    yield f"{path}.because", spec.because, where.at("because")
    yield f"{path}.help", spec.help, where.at("help")
    yield from _needed(f"{path}.needed", spec.needed, where.at("needed"))
    yield from _reviewing(path, spec, where)


def _needed(path: str, entries: list, where: Where) -> Iterator[tuple[str, str | None, Where]]:
    several = where.at(0).path in where.source.lines
    for at, entry in enumerate(entries):
        here = where.at(at) if several else where
        yield f"{path}.{at + 1}.because" if several else f"{path}.because", entry.because, here.at("because")


def _parts(path: str, parts: list, where: Where) -> Iterator[tuple[str, str | None, Where]]:
    for at, part in enumerate(parts):
        yield f"{path}.{part.id}", part.name, where.at(at, "name")


def _checks(path: str, checks: list, where: Where) -> Iterator[tuple[str, str | None, Where]]:
    for at, check in enumerate(checks):
        yield f"{path}.{at + 1}.limit", check.limit, where.at(at, "limit")


def _reviewing(path: str, spec: Any, where: Where) -> Iterator[tuple[str, str | None, Where]]:
    for at, tick in enumerate(spec.review):
        yield f"{path}.review.{tick.id}.ask", tick.ask, where.at("review", at, "ask")
    for at, one in enumerate(spec.refuse_with):
        yield f"{path}.refuse_with.{one.use}.cure", one.cure, where.at("refuse_with", at, "cure")


class Silent:
    """The assembly without a voice: the same faults were already told while the plan was made."""

    def __init__(self, work: Assembly):
        self.fact_sets, self.attachments, self.attachment_sets = work.fact_sets, work.attachments, work.attachment_sets

    def fault(self, *_: Any) -> None:
        """Says nothing."""


class Translations:
    """All languages of one version: texts by language, what is missing, what is stale; faults are told."""

    def __init__(self, work: Assembly, texts: Texts):
        self.work, self.sources = work, texts
        source = work.checklist.source_language
        self.texts: dict[str, dict[str, str]] = {source: {path: text for path, (text, _) in texts.items()}}
        self.stale: dict[str, list[str]] = {}
        for language, file in work.found.shared_translations:
            self._take(language, file, own=False)
        for language, file in work.found.translations.items():
            self._take(language, file, own=True)

    def _take(self, language: str, file: Source, *, own: bool) -> None:
        source = self.work.checklist.source_language
        texts = self.texts.setdefault(language, {})
        stale = self.stale.setdefault(language, [])
        for path, pair in file.value.items() if isinstance(file.value, dict) else ():
            if path in ("texts", "language", "forms"):
                self._heading(path, pair, language, file)
                continue
            where = Where(file, (path,))
            if (
                not isinstance(pair, dict)
                or set(pair) - {source, language}
                or not all(isinstance(v, str | None) for v in pair.values())
            ):
                self.work.fault(
                    where,
                    "translation",
                    f"{shown(path)} is not written as it must be.",
                    f"Write {{{source}: ..., {language}: ...}}.",
                )
                continue
            form = path.rpartition(":")[2] if ":" in path else ""
            known = path.removesuffix(f":{form}") if form else path
            if known not in self.sources:
                if own:
                    self.work.fault(
                        where,
                        "unknown_text",
                        f"No text has the path {shown(path)}.",
                        did_you_mean(path, self.sources),
                        WARNING,
                    )
                continue
            if not pair.get(language):
                continue
            texts[path] = pair[language]
            self._compare(path, known, pair, language, where, stale, form=bool(form))

    def _heading(self, key: str, value: Any, language: str, file: Source) -> None:
        if key == "language" and value != language:
            self.work.fault(
                Where(file, (key,)),
                "translation",
                f"language is {shown(value)}, the file is for {language}.",
                "Make them the same.",
            )

    def _compare(
        self, path: str, known: str, pair: dict, language: str, where: Where, stale: list[str], *, form: bool
    ) -> None:
        source = self.work.checklist.source_language
        now, before = self.sources[known][0], pair.get(source)
        if before is not None and before != now:
            stale.append(path)
        elif path in stale:
            stale.remove(path)
        if form or path in stale:
            return
        ours, theirs = (_plain_names(text) for text in (now, pair[language]))
        if ours != theirs:
            remedy = f"Use the same ones: {', '.join(f'<{name}>' for name in sorted(ours)) or 'none'}."
            self.work.fault(where, "placeholders", f"{path} has other placeholders in {language}.", remedy)
        for name in sorted(placeholders_in(pair[language])):
            if ":" in name and not self._form_is_defined(language, name):
                self.work.fault(
                    where,
                    "form",
                    f"<{name}> is not defined.",
                    f"Add people.<role>.name:{name.partition(':')[2]} for each role.",
                )

    def _form_is_defined(self, language: str, name: str) -> bool:
        form = name.partition(":")[2]
        file = self.work.found.translations.get(language)
        lines = file.value if file and isinstance(file.value, dict) else {}
        return all(f"people.{role}.name:{form}" in lines for role in self.work.checklist.people)

    def missing(self, language: str) -> list[str]:
        """Paths without words in a language, in the order of the files."""
        if language == self.work.checklist.source_language:
            return wordless(self.work)
        return [path for path in self.sources if path not in self.texts.get(language, {})]


def _plain_names(text: str) -> set[str]:
    return {name.partition(":")[0] for name in placeholders_in(text)}


def wordless(work: Assembly) -> list[str]:
    """Questions and options nobody wrote words for: they are shown by their ids."""
    texts = source_texts(work)
    found = []
    for key, spec in work.checklist.questions.items():
        paths = [(f"questions.{key}.ask", spec.ask)]
        paths += [(f"questions.{key}.fields.{name}.ask", one.ask) for name, one in spec.fields.items()]
        found += [path for path, _ in paths if path not in texts]
        for one in (spec, *spec.fields.values()):
            found += [f"options.{option.id}" for option in one.options if f"options.{option.id}" not in texts]
    return list(dict.fromkeys(found))
