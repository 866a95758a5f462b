"""``python -m assembly_extract``."""

from assembly_extract.cli import main

if __name__ == "__main__":
    try:
        main()
    finally:
        # Once Ctrl-C came while code ran that was given as a string, as a dataclass is made,
        # Python ends "-m" by that signal whatever the status is, until other such code has run
        # (CPython, pythonrun.c: unhandled_keyboard_interrupt).
        exec("")  # noqa: S102
