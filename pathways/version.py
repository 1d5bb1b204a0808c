"""Version of the package, as a constant: reading it from the installation would cost start-up time."""

__version__ = "0.1.0"
