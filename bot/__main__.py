"""`python -m bot`: says what is missing before it imports anything that could fail for lack of it."""

import sys

from bot import prerequisites

if __name__ == "__main__":
    problems = prerequisites.missing()
    for problem in problems:
        sys.stderr.write(problem + "\n")
    if problems:
        sys.exit(2)
    from bot.cli import main

    main()
