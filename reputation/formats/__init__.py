"""One file, one output format: a Report in, text out. Pure."""
