"""Clinic."""
from __future__ import annotations
from pydantic import BaseModel
class Clinic(BaseModel):
    name: str = ""
    funding: str = ""
