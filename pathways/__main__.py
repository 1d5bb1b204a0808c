"""``python -m pathways`` is the command line."""

from pathways.cli.main import run

if __name__ == "__main__":
    run()
