"""One page that works offline: where somebody is in a pathway, what could be next, and why not."""
