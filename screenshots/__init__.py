"""Pictures of the app, made by `python -m screenshots` from the scenes that the tests of its looks play too."""
