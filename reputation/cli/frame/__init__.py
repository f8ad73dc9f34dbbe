"""What every command stands on: options, output, errors, language. A command needs no more than these names."""

from reputation.bad_input import BadInput
from reputation.cli.frame.declared import Argument, Option
from reputation.cli.frame.options import FormatRequest, Options
from reputation.cli.frame.output import deliver, exit_code

__all__ = ["Argument", "BadInput", "FormatRequest", "Option", "Options", "deliver", "exit_code"]
