"""Will this business e-mail arrive, why not, and what to do about it."""

from __future__ import annotations

TYPE_CHECKING = False  # type checkers know the name; loading the module typing for it takes a tenth of a start
if TYPE_CHECKING:
    from typing import Any

    from reputation.bounces.diagnosis import Diagnosis, diagnose

__all__ = ["Diagnosis", "__version__", "diagnose"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """The library's functions, loaded when they are first used: `import reputation` alone stays light."""
    if name in ("Diagnosis", "diagnose"):
        from reputation.bounces import diagnosis

        return getattr(diagnosis, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
