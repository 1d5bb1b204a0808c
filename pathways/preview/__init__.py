"""Live preview: a pathway file is drawn and checked at every save, and shown in a browser."""
