"""A pathway is plain data: it can be copied and sent to another process, also after it was used."""

from __future__ import annotations

import copy
import pickle

import pytest

import pathways


@pytest.mark.parametrize("name", ["severe-back-pain", "safety"])
def test_a_used_pathway_can_be_copied_and_pickled(name: str) -> None:
    pathway = pathways.load(name)
    words = pathway.words()
    for other in (copy.deepcopy(pathway), pickle.loads(pickle.dumps(pathway))):
        assert other == pathway
        assert other.scope == pathway.scope
        assert other.words() == words
