"""Prompt templates, each a Markdown file of the user's own under the settings.

Files, and not rows of the store: they belong to the user and not to a place, go with the dotfiles to other machines
and into git, are written with any editor, and those of other programs can be copied or linked into the folder.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from oxen_tui.atomic import write_whole
from oxen_tui.safe_text import clean, clean_line
from oxen_tui.services.conversation.template_text import Piece, parse, parted
from oxen_tui.system_words import why

SUFFIX: Final = ".md"
_LARGEST: Final = 200_000
"""Bytes; anything larger is not something that is asked again and again."""
_LONGEST_NAME: Final = 80


class TemplateTrouble(Exception):
    """Something could not be done; nothing was changed.

    Attributes:
        sentence: What, and what to do about it.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Template:
    """A text that is asked again and again."""

    name: str
    """That of its file, without the ending."""
    content: str
    """The whole file, cleaned."""

    @property
    def text(self) -> str:
        """What is put into a message, with its fields as they are written."""
        return parted(self.content)[1]

    @property
    def description(self) -> str:
        """What it is for, on one line: as its head says, else its first words."""
        said, text = parted(self.content)
        return clean_line(said or " ".join(text[:400].split()), 200)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Its text and its fields."""
        return parse(self.text)


class Templates:
    """The files of a folder. All of it reads or writes the disk: not for the event loop."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        """Made with the first template."""

    def all(self) -> list[Template]:
        """All that can be read, by name.

        Raises:
            TemplateTrouble: The folder is there and cannot be read.
        """
        try:
            files = [file for file in self.folder.iterdir() if file.suffix.lower() == SUFFIX and _is_name(file.stem)]
        except FileNotFoundError:
            return []
        except OSError as error:
            raise self._trouble(self.folder, "read", error) from error
        found = []
        for file in sorted(files, key=lambda file: (file.stem.casefold(), file.stem)):
            try:
                found.append(Template(clean_line(file.stem), _content(file)))
            except TemplateTrouble:
                continue  # a folder, a link to nothing: said when it is asked for by its name
        return found

    def get(self, name: str) -> Template:
        """The one of this name, whatever its case; else the only one whose name begins so.

        Raises:
            TemplateTrouble: There is none, or several begin so.
        """
        known = self.all()
        same = [each for each in known if each.name == name] or [
            each for each in known if each.name.casefold() == name.casefold()
        ]
        begun = same or [each for each in known if each.name.casefold().startswith(name.casefold())]
        if not begun:
            if (file := self._file(name)).exists():
                _content(file)  # says why it cannot be read
            raise TemplateTrouble(f"No template is called {clean_line(name, 60)}: /template lists them")
        if len(begun) > 1 and not same:
            names = ", ".join(each.name for each in begun[:4])
            raise TemplateTrouble(f"Several templates begin so: {names}")
        return begun[0]

    def save(self, name: str, content: str) -> str | None:
        """Keeps a text under a name, in the place of what stood there, which comes back: None where nothing did.

        Raises:
            TemplateTrouble: The name is none, or it cannot be written.
        """
        file = self._file(name)
        before = _content(file) if file.exists() else None
        text = content if content.endswith("\n") else f"{content}\n"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            # A link is a file of the user's dotfiles: what it leads to is written, and it stays a link.
            write_whole(file.resolve() if file.is_symlink() else file, text.encode())
        except OSError as error:
            raise self._trouble(file, "written", error) from error
        return before

    def rename(self, name: str, new: str) -> None:
        """Gives one another name.

        Raises:
            TemplateTrouble: There is none, the new name is none or another one's, or it cannot be written.
        """
        old, to = self._file(name), self._file(new)
        try:
            if to.exists() and not (old.exists() and old.samefile(to)):
                raise TemplateTrouble(f"There is a template called {new.strip()} already")
            old.rename(to)
        except OSError as error:
            raise self._trouble(old, "renamed", error) from error

    def delete(self, name: str) -> str:
        """Takes one away; `save` with what comes back undoes that.

        Raises:
            TemplateTrouble: There is none, or it cannot be taken away.
        """
        file = self._file(name)
        content = _content(file)
        try:
            file.unlink()
        except OSError as error:
            raise self._trouble(file, "deleted", error) from error
        return content

    def _file(self, name: str) -> Path:
        name = name.strip()
        if not _is_name(name):
            raise TemplateTrouble(
                f"A template cannot be called {clean_line(name, 60) or 'nothing'}: up to {_LONGEST_NAME} letters, "
                "digits and spaces, no slash, and no dot at its beginning"
            )
        return self.folder / f"{name}{SUFFIX}"

    def _trouble(self, path: Path, what: str, error: OSError) -> TemplateTrouble:
        return TemplateTrouble(f"{path} cannot be {what}: {why(error)}")


def _is_name(name: str) -> bool:
    return (
        0 < len(name) <= _LONGEST_NAME
        and not name.startswith(".")
        and not set(name) & set('/\\:*?"<>|')
        and clean_line(name) == name
    )


def _content(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            content = stream.read(_LARGEST + 1)
    except OSError as error:
        raise TemplateTrouble(f"{file} cannot be read: {why(error)}") from error
    if len(content) > _LARGEST:
        raise TemplateTrouble(f"{file} is larger than {_LARGEST // 1000} KB: too long for a template")
    text = clean(content.decode("utf-8-sig", "replace").replace("\r\n", "\n"))
    return text.removesuffix("\n")
