"""A diagram as a finished picture: first as plain data, then as SVG."""
