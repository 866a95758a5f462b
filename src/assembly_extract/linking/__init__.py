"""Mentions -> entities: one per thing, with codes, short forms and candidates."""
