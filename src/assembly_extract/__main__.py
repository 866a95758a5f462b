"""``python -m assembly_extract``."""

from assembly_extract.cli import main

if __name__ == "__main__":
    main()
