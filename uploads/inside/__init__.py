"""Code that touches uploaded bytes with a parser. It runs in a confined child and nowhere else.

A test forbids every other module to import pypdf, PIL, pypdfium2, pillow_heif or libmagic.
"""
