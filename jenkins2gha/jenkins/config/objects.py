"""The object that an element stands for, as the values that Groovy would write it with."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from jenkins2gha.jenkins.config.unit import class_name
from jenkins2gha.jenkins.config.xml import Element
from jenkins2gha.jenkins.values import Described, Known, ListOf, Scalar, Value
from jenkins2gha.source import Span

Place = Callable[[Element], Span]
_OTHER_NAMES = {"spec": "scmpoll_spec"}
"""Fields that the DSL calls otherwise."""


def arguments_of(element: Element, types: Mapping[str, str], place: Place) -> dict[str, Value]:
    """The fields of an object by their names; `types` are those of the signature's parameters."""
    return {
        _name(child.tag, types): _field(child, types.get(_name(child.tag, types), ""), place)
        for child in element.children
    }


def _name(tag: str, types: Mapping[str, str]) -> str:
    tag = tag.replace("__", "_")
    other = _OTHER_NAMES.get(tag, tag)
    return other if other in types else tag


def _field(element: Element, kind: str, place: Place) -> Value:
    if element.tag == "choices":
        texts = [each for each in element.all() if each.tag == "string"]
        return ListOf(tuple(Known(each.text, place(each)) for each in texts), place(element))
    if element.tag == "threshold" and element.find("name"):
        return Known(element.said("name"), place(element))
    if not element.children:
        return Known(_scalar(element.text, kind), place(element))
    if "class" not in element.attributes and (_is_list(element) or kind == "list"):
        return ListOf(tuple(_item(child, place) for child in element.children), place(element))
    return Described(class_name(element), arguments_of(element, {}, place), place(element))


def _is_list(element: Element) -> bool:
    """Whether the children are the items of a list, under their classes, and no fields."""
    return all(child.tag == "string" or "." in child.tag for child in element.children)


def _item(element: Element, place: Place) -> Value:
    if not element.children:
        return Known(element.text, place(element))
    return Described(class_name(element), arguments_of(element, {}, place), place(element))


def _scalar(text: str, kind: str) -> Scalar:
    stripped = text.strip()
    if kind == "flag" and stripped in ("true", "false"):
        return stripped == "true"
    if kind == "number" and stripped.lstrip("-").isdecimal():
        return int(stripped)
    return text
