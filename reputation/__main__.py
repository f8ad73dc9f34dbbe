"""`python -m reputation` is the command line."""

from reputation.cli import main

if __name__ == "__main__":
    main()
