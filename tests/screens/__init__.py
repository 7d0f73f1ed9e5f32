"""Every screen in French and in English, walked through on the simulator and written down in docs/screens.md.

`python -m tests.screens` writes the page, `python -m tests.screens --check` says where it is no longer true, and
`python -m tests.screens "First contact"` prints one part of it.
"""
