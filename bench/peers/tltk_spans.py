"""Tags lines by tltk, in an environment of its own: it needs numpy 1, and packages it does not name.

    python -m venv ENV && ENV/bin/pip install tltk 'numpy<2' 'pandas<2.3' requests
    ENV/bin/python bench/peers/tltk_spans.py < LINES.json

Reads one JSON string a line; writes the CPU seconds spent loading, then for each line its spans
``[start, end, type]`` in code points and the CPU seconds spent on it. ``bench/tagger.py`` runs it.
"""

import json
import sys
import time

_TYPES = {"P": "PERSON", "O": "ORGANIZATION", "L": "LOCATION"}


def tagged(nlp, text):
    """Return tltk's spans; its words are sought in the text, as it keeps no offsets."""
    words = [word for sentence in nlp.pos_tag(text) for word in sentence]
    spans, at = [], 0
    for word, _, label in nlp.ner(words) if words else ():
        start = text.find(word, at)
        if start < 0:  # <s/> for white space, and words that it spells otherwise
            continue
        at = start + len(word)
        kind = _TYPES.get(label[2:])
        if (
            label[0] == "I"
            and spans
            and spans[-1][2] == kind
            and not text[spans[-1][1] : start].strip()
        ):
            spans[-1][1] = at
        elif kind:
            spans.append([start, at, kind])
    return spans


def main():
    from tltk import nlp

    print(json.dumps(time.process_time()), flush=True)
    for line in sys.stdin:
        began = time.process_time()
        try:
            spans = tagged(nlp, json.loads(line))
        except (IndexError, KeyError, ValueError):  # it breaks on some lines
            spans = []
        print(json.dumps([spans, time.process_time() - began]), flush=True)


if __name__ == "__main__":
    main()
