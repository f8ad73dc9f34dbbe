"""What every command stands on: options, output, errors, language. A command needs no more than these names."""

from reputation.cli.frame.options import FormatRequest, Options
from reputation.cli.frame.output import deliver, exit_code
from reputation.model import BadInput

__all__ = ["BadInput", "FormatRequest", "Options", "deliver", "exit_code"]
