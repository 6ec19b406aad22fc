"""What smartkpi knows, as data: metrics, platforms, and one profile for each export format.

`metrics.toml`, `platforms.toml` and `profiles/*.toml` are the knowledge; `loader` turns them into nouns (profiles that
come with the program through `plain`, without pydantic), `writing` a profile into TOML again.
Imports `model` and `errors` only.
"""
