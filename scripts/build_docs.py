"""Write what the documents take from the program.

That is docs/cli.md, docs/record.md, the README's example and the architecture's list of modules.

Run it after a change of the options, of the schema, or of what the example gives: ``make docs``.
``tests/test_docs.py`` fails while they differ.
"""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from assembly_extract import Extractor
from assembly_extract.cli import app
from assembly_extract.models import record_schema
from assembly_extract.types.record import SCHEMA

if TYPE_CHECKING:
    from assembly_extract import Record

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = "fixtures/health/nakhonsawan-health-assembly.txt"


_RECORD_HEAD = f"""\
Schema `{SCHEMA}`, made by `make docs`; `assembly-extract schema` prints it as JSON Schema (draft
2020-12).

Every key is always present; unknown is `null` or `[]`. Offsets are code points into `text`, and
`text[start:end]` is the mention's own text. Dates are Gregorian; surfaces stay as written.
"""


def cli_page() -> str:
    """Return docs/cli.md: every command with its arguments and options."""
    group: Any = typer.main.get_command(app)
    parts = [
        "# The command line\n",
        "Made from the program by `make docs`; `assembly-extract COMMAND --help` says the same.\n",
    ]
    for name, command in sorted(group.commands.items()):
        parts.append(f"## assembly-extract {name}\n")
        parts.append(re.sub(r"(?m)^ +", "", command.help or "").strip() + "\n")
        rows = [_parameter(parameter) for parameter in command.params if parameter.name != "help"]
        if rows:
            parts.append("\n".join(["| argument or option | meaning |", "|---|---|", *rows]) + "\n")
    return "\n".join(parts)


def _parameter(parameter: Any) -> str:  # noqa: ANN401 - typer's own classes, not all public
    names = ", ".join(f"`{name}`" for name in parameter.opts if name.startswith("-"))
    metavar = str(parameter.metavar or "").replace("|", "\\|")
    shown = f"{names} {metavar}".strip() if names else metavar or f"`{parameter.name}`"
    meaning = " ".join(str(parameter.help or "").split()).replace("|", "\\|")
    default = parameter.default
    plain = isinstance(default, str | int) and not isinstance(default, bool) and default != ""
    return f"| {shown} | {meaning}{f' Default: {default}.' if plain else ''} |"


def record_page() -> str:
    """Return docs/record.md: every key of a record, its type, its meaning."""
    schema = record_schema()
    parts = [
        "# The record\n",
        _RECORD_HEAD,
        *_table("Record", schema),
    ]
    for name, part in schema["$defs"].items():
        parts += _table(name, part)
    return "\n".join(parts)


def _table(name: str, part: dict[str, Any]) -> list[str]:
    about = " ".join(part.get("description", "").split())
    rows = [
        f"| `{key}` | {_type(value)} | {' '.join(value.get('description', '').split())} |"
        for key, value in part["properties"].items()
    ]
    return [
        f"## {name}\n",
        f"{about}\n",
        "\n".join(["| key | type | meaning |", "|---|---|---|", *rows]) + "\n",
    ]


def _type(value: dict[str, Any]) -> str:
    """Return a JSON Schema type in words.

    >>> _type({"anyOf": [{"type": "string"}, {"type": "null"}]})
    'string or null'
    """
    if "anyOf" in value:
        return " or ".join(_type(option) for option in value["anyOf"])
    if "$ref" in value:
        name = value["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "const" in value:
        return f"`{value['const']}`"
    if "enum" in value:
        return " \\| ".join(f"`{option}`" for option in value["enum"])
    if value.get("type") == "array":
        return f"list of {_type(value.get('items', {}))}"
    return str(value.get("type", "any"))


def example_excerpt(record: Record) -> dict[str, Any]:
    """Return what the README's jq line keeps of a record."""
    row = json.loads(record.to_json())
    return {
        "title": row["title"],
        "date": row["date"] and row["date"]["edtf"],
        "place": row["place"] and row["place"]["name"],
        "people": [
            {"name": person["name"], "posts": [post["role"] for post in person["posts"]]}
            for person in row["people"]
        ],
        "organisations": [body["name"] for body in row["organisations"]],
        "themes": [theme["label"]["th"] for theme in row["themes"]],
    }


def readme_page(text: str) -> str:
    """Return the README with its example's outputs made anew, between their marks."""
    (record,) = Extractor().records([ROOT / EXAMPLE])
    excerpt = json.dumps(example_excerpt(record), ensure_ascii=False, indent=2)
    person = json.dumps(json.loads(record.to_json())["people"][0], ensure_ascii=False, indent=2)
    for mark, shown in (("excerpt", excerpt), ("person", person)):
        before, after = f"<!-- {mark} -->\n```json\n", f"\n```\n<!-- /{mark} -->"
        text = _between(text, before, after, shown)
    return text


def architecture_page(text: str) -> str:
    """Return docs/architecture.md with its list of modules made anew."""
    package = ROOT / "src" / "assembly_extract"
    rows = []
    for path in sorted(package.rglob("*.py")):
        name = path.relative_to(package).as_posix().replace("/__init__.py", "/")
        about = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        first = " ".join(about.split("\n\n")[0].split())
        rows.append(f"| `{name}` | {first} |".replace("``", "`").replace("|`", "| `"))
    table = "\n".join(["| module | what it is |", "|---|---|", *rows])
    return _between(text, "<!-- modules -->\n", "\n<!-- /modules -->", table)


def _between(text: str, before: str, after: str, new: str) -> str:
    """Return ``text`` with ``new`` between two marks."""
    start = text.index(before) + len(before)
    return text[:start] + new + text[text.index(after, start) :]


def pages() -> dict[Path, str]:
    """Return every generated page and what it should hold."""
    readme = ROOT / "README.md"
    architecture = ROOT / "docs" / "architecture.md"
    return {
        ROOT / "docs" / "cli.md": cli_page(),
        ROOT / "docs" / "record.md": record_page(),
        architecture: architecture_page(architecture.read_text(encoding="utf-8")),
        readme: readme_page(readme.read_text(encoding="utf-8")),
    }


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
        print(f"wrote {path.relative_to(ROOT)}")
