"""The gate of handouts: what a program can measure of one, and what keeps it from being handed out."""

from pathways.handouts.quality.gate import problems
from pathways.handouts.quality.measures import quality
from pathways.handouts.quality.model import ColourPair, HandoutQuality, Heading, Item, Reading

__all__ = ["ColourPair", "HandoutQuality", "Heading", "Item", "Reading", "problems", "quality"]
