"""What widgets and panes say, written like a dataclass."""

from __future__ import annotations

from inspect import get_annotations
from typing import Any, ClassVar, dataclass_transform

from rich.repr import Result
from textual.message import Message as TextualMessage


@dataclass_transform()
class Message(TextualMessage):
    """Something happened. A class derived from this says what, and its fields what there is to know of that.

    A dataclass would generate and compile code for each of them, of which the start has sixty: 15 ms.
    """

    __match_args__: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls, **told: Any) -> None:
        super().__init_subclass__(**told)
        fields = get_annotations(cls)
        own = [name for name in fields if not str(fields[name]).startswith("ClassVar")]
        cls.__match_args__ = tuple(dict.fromkeys([*cls.__match_args__, *own]))  # type: ignore[misc]

    def __init__(self, *values: Any, **named: Any) -> None:
        """Takes the fields in their order or by name; those with a value in the class may be left out.

        Raises:
            TypeError: One is missing, or there is no such field.
        """
        super().__init__()
        fields = self.__match_args__
        given = dict(zip(fields, values, strict=False)) | named
        if len(given) != len(values) + len(named) or not given.keys() <= {*fields}:
            raise TypeError(f"{type(self).__qualname__} has the fields {fields}, not {values} and {named}")
        if missing := [name for name in fields if name not in given and not hasattr(type(self), name)]:
            raise TypeError(f"{type(self).__qualname__} needs {missing}")
        for name, value in given.items():
            setattr(self, name, value)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self.__match_args__)

    __hash__ = None  # type: ignore[assignment]  # what is equal may be changed

    def __rich_repr__(self) -> Result:
        for name in self.__match_args__:
            yield name, getattr(self, name)
