"""Writers turn a handout into the text or the bytes of one file format."""
