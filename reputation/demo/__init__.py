"""The built-in world: one TOML file is one story about an invented sender. gather/demo_world reads it."""
