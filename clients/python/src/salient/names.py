"""Names of runs, by the rule of the server."""

from __future__ import annotations

import unicodedata

_SIGNS = set(" ._:=+@-")
_LONGEST = 200


def run_name(folder_name: str) -> str:
    """Name of the run that ``./salient watch`` gives a folder of this name.

    Letters with marks are composed, what is not allowed becomes ``_`` and is left out in front;
    200 characters at most, ``run`` where nothing is left.
    """
    composed = unicodedata.normalize("NFC", folder_name)
    name = "".join(c if c in _SIGNS or _is_first(c) else "_" for c in composed)
    while name and not _is_first(name[0]):
        name = name[1:]
    return name[:_LONGEST] or "run"


def _is_first(char: str) -> bool:
    """Tell a letter or a number, which alone may stand first."""
    return unicodedata.category(char)[0] in "LN"
