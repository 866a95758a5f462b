"""What flows between the stages: frozen dataclasses, one module per subject.

``article`` raw and cleaned articles, ``mention`` the found pieces of text, and per kind the values
that mentions carry and the entities that linking makes of them. Every offset is a code point into
``Article.text``, which is the record's ``text``.
"""
