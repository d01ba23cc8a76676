"""Sentences of an article that speak to a program: no model is sent them, no line may rest on them."""

from __future__ import annotations

import re

from generator.model import Article, Sentence

# Words of English, German, French and Spanish by which a text tries to steer who reads it by machine. What
# slips through meets the proof; what is caught wrongly is only missing from the model's lines.
ORDERS = re.compile(
    r"\b(?:ignore|disregard|forget|override|overrule|bypass)\b[^.!?]{0,60}"
    r"\b(?:above|previous|prior|earlier|preceding|instructions?|prompts?|rules|everything|article|text)\b"
    r"|^\W*(?:system|developer|assistant|user)\s?(?:prompt|message|note)?\s?:"
    r"|\bsystem prompt\b"
    r"|\b(?:as an?|you are an?|you’re an?|you're an?|dear|attention|note to)\s(?:\w+\s){0,2}"
    r"(?:ai|llm|language model|assistant|chatbot|summari[sz]er|gpt|claude)\b"
    r"|\b(?:write|print|output|say|reply|respond|answer|return|repeat|summari[sz]e|include|add|append|mention)\b"
    r"[^.!?]{0,40}\b(?:instead|in your (?:summary|answer|brief|response|reply|output)|verbatim|exactly"
    r"|only the following|the following (?:text|line|sentence|words))"
    r"|\byour (?:summary|brief|answer|output|response) (?:must|should|shall|has to|needs to)\b"
    r"|\bthe (?:summary|brief|output) (?:must|should|shall)\b"
    r"|\bnew instructions?\b|\bend of (?:the )?(?:article|text|data|document)\b"
    r"|</?(?:article|system|user|assistant|instructions?|data|document)\b|<\|[^|]*\|>|\[/?INST\]"
    r"|\b(?:ignorier|vergiss|missachte)\w*\b[^.!?]{0,60}\b(?:anweisung|obige|vorherige|bisherige)\w*"
    r"|\b(?:ignore[zr]?|oublie[zr]?)\b[^.!?]{0,60}\b(?:instructions|consignes|précédent\w*|ci-dessus)"
    r"|\b(?:ignora|olvida|ignore)\b[^.!?]{0,60}\b(?:instrucciones|anterior\w*|indicaciones)",
    re.IGNORECASE,
)


def is_order(sentence: Sentence) -> bool:
    """Tell a sentence that gives a program orders; the title is never one that may be left out."""
    return sentence.kind != "title" and ORDERS.search(sentence.text) is not None


def orders(article: Article) -> tuple[str, ...]:
    """Give the ids of such sentences."""
    return tuple(sentence.id for sentence in article.sentences if is_order(sentence))
