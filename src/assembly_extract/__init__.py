r"""Scraped Thai news articles to records of date, place, people, organisations and policy themes.

>>> from assembly_extract import extract
>>> record = extract("ข่าวทดสอบ\n\nเมื่อวันที่ 15 ก.พ. 2566 นายสมชาย ใจดี กล่าวว่า ทดสอบระบบแล้ว")
>>> record.date.edtf, record.people[0].name
('2023-02-15', 'สมชาย ใจดี')
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Config", "Extractor", "Record", "__version__", "extract"]

if TYPE_CHECKING:
    from assembly_extract.config import Config
    from assembly_extract.models import Record
    from assembly_extract.pipeline import Extractor, extract

_HOME = {
    "Config": "assembly_extract.config",
    "Extractor": "assembly_extract.pipeline",
    "Record": "assembly_extract.models",
    "extract": "assembly_extract.pipeline",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module's attribute may be anything
    """Import public names when they are first used, so that ``--help`` stays quick."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 - the point of this function

    return getattr(import_module(_HOME[name]), name)
