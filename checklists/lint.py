"""Lint of meaning."""


def lint_meaning(work, plan, wording):
    pass
