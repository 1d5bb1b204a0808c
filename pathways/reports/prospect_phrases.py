"""The fixed words about later steps and about what cannot be had, for each reader."""

from __future__ import annotations

from collections.abc import Mapping

from pathways.conditions.scope import Reader

PROSPECT_PHRASES: Mapping[str, Mapping[Reader, str]] = {
    "heading": {
        "clinician": "Before step {number}, {title}",
        "patient": "What comes before step {number}, {title}",
    },
    "here": {
        "clinician": "The person is at this step.",
        "patient": "You are at this step now.",
    },
    "sign": {
        "clinician": "This step is for warning signs. It is open at any time as soon as one of these is there: {signs}.",
        "patient": "This step is for warning signs. It is open at any time, as soon as you have one of these: {signs}.",
    },
    "no_way": {
        "clinician": "The pathway has no way from step {begin} to step {number}.",
        "patient": "The chart has no way from step {begin} to step {number}.",
    },
    "not_available": {
        "clinician": "Step {number} is closed: what it needs is not available.",
        "patient": "Step {number} is closed: you cannot have what it needs.",
    },
    "never": {
        "clinician": "The pathway has no way to step {number} for this person: each asks for something that cannot change.",
        "patient": "The chart has no way to step {number} for you: each way asks for something that cannot change.",
    },
    "open": {
        "clinician": "Nothing known today closes the way to step {number}. The pathway would need:",
        "patient": "Nothing we know today closes the way to step {number}. The chart would need:",
    },
    "not_open": {
        "clinician": "Step {number} is not an option today. The pathway would need:",
        "patient": "Step {number} is not an option today. The chart would need:",
    },
    "nothing": {
        "clinician": "The pathway asks for nothing more on the way to step {number}.",
        "patient": "The chart asks for nothing more on the way to step {number}.",
    },
    "care_first": {
        "clinician": "Before all of this: {title}.",
        "patient": "Before all of this: {title}.",
    },
    "signs_first": {
        "clinician": "Before all of this the emergency signs have to be answered.",
        "patient": "Before all of this, answer the emergency signs.",
    },
    "way": {"clinician": "The way there: {steps}.", "patient": "The way there: {steps}."},
    "caveat": {
        "clinician": "Of all ways this one asks for the least that is not so today. These are conditions of the pathway, not targets for the person and not a forecast.",
        "patient": "Of all ways, this one asks for the least that is not so today. This is what the chart asks for. It is not a goal for you, and no one can promise it.",
    },
    "holds": {"clinician": "holds today", "patient": "this is so today"},
    "not_known": {"clinician": "not known", "patient": "not known yet"},
    "not_so": {"clinician": "not so today", "patient": "not so today"},
    "found_out_later": {
        "clinician": "found out at step {number}, {title}",
        "patient": "you find out at step {number}, {title}",
    },
    "cannot_change": {"clinician": "cannot change", "patient": "this cannot change"},
    "without": {
        "clinician": "Without {care}",
        "patient": "If you cannot have {care}",
    },
    "closes": {"clinician": "It closes {steps}.", "patient": "This closes {steps}."},
    "offers": {
        "clinician": "It is no longer on offer at {steps}.",
        "patient": "It is no longer on offer at {steps}.",
    },
    "closes_nothing": {
        "clinician": "No step of this pathway closes with it.",
        "patient": "No step of this chart closes with it.",
    },
    "lost": {
        "clinician": "No longer within reach from here: {steps}.",
        "patient": "You can no longer get from here to: {steps}.",
    },
    "more_steps": {"clinician": "{count} more steps", "patient": "{count} more steps"},
    "instead": {
        "clinician": "Instead of {what}, at step {number}: {things}.",
        "patient": "Instead of {what}, at step {number}, you could have: {things}.",
    },
    "none_left": {
        "clinician": "Instead of {what}, the pathway has nothing else at step {number}; decide together what could take its place.",
        "patient": "Instead of {what}, the chart has nothing else at step {number}. Ask your team what could take its place.",
    },
    "same_place": {
        "clinician": "The place stays the same: {steps}.",
        "patient": "You stay where you are: {steps}.",
    },
    "other_place": {
        "clinician": "The place becomes: {steps}.",
        "patient": "You would be at: {steps}.",
    },
}
"""What is said of prospects and of what cannot be had, by key; words in braces are filled in."""
