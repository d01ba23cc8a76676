"""`python -m generator` and the installed command `broadsheet`."""

from generator.cli import main

if __name__ == "__main__":
    main()
