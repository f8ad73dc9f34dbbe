"""The command line: the only room that prints and exits."""


def main() -> None:
    """Run the command line."""
    raise SystemExit(2)
