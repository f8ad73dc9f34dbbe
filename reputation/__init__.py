"""Will this business e-mail arrive, why not, and what to do about it."""

__version__ = "0.1.0"
