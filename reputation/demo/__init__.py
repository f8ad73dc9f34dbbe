"""The built-in world: one TOML file is one story about an invented sender. Data for people; read by gather/demo_world."""
