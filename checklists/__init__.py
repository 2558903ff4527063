"""Checklists: the rules of a service, written in YAML, judged here without Flask or a database."""
