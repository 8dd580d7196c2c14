"""Texts as models write them, and ways to compare what a document makes of them."""

from __future__ import annotations

from oxen_tui.widgets.markdown.blocks import Block, Fence, Table
from oxen_tui.widgets.markdown.document import Document

PROSE = """\
# Sorting in Python

Python has **two** ways to sort: `list.sort()` and *the* `sorted` function.
The first works in place,
the second makes a new list.

## Which one?

It depends. Use `sorted` when the original is still needed; see
[the guide](https://docs.python.org/3/howto/sorting.html) for more.

---

That is all.
"""

NESTED_LIST = """\
Steps:

1. Install it:

   ```bash
   pip install thing

   thing --version
   ```

2. Then configure:
   - copy the file
   - edit it
     1. the name
     2. the colour

     A second paragraph in the item.
   - save
3. Run it.

   > Mind the step.

   | flag | meaning |
   |------|---------|
   | `-v` | loud    |

- [ ] not yet
- [x] done
* another list
+ and another
"""

QUOTES = """\
> A quote
> of two lines
and a lazy one

> > nested
> again

> - item
> - item
>
> ```
> code
> ```
"""

TABLES = """\
Compare:

| Name | Size | Speed |
|:-----|:----:|------:|
| a    | 1    | `x \\| y` |
| b \\| c | 2 | fast |
| short |

one | two
--- | ---
1 | 2

Afterwards.
"""

CODE = """\
```python
def f(x):

    return x  # ``` not the end
```

~~~
tildes
```
~~~

````markdown
```py
inner
```
````

    indented

    code

Text
"""

HEADINGS = """\
Title
=====

Subtitle
--------

### Three ###
#### Four
##### Five
###### Six
####### Seven is text
#tag is text
* * *
***
text
***
"""

BREAKS = "one  \ntwo\\\nthree\nfour\n\nfive\n"

ANSWERS = {
    "prose": PROSE,
    "nested list": NESTED_LIST,
    "quotes": QUOTES,
    "tables": TABLES,
    "code": CODE,
    "headings": HEADINGS,
    "breaks": BREAKS,
}

Told = tuple[object, ...]


def blocks_of(*fragments: str) -> list[Block]:
    document = Document()
    return [block for fragment in fragments for block in document.feed(fragment)] + document.finish()


def told(blocks: list[Block]) -> list[Told]:
    """Blocks as plain values. Shared objects are told by the order in which they first came up."""
    seen: dict[int, int] = {}

    def which(thing: object) -> int:
        return seen.setdefault(id(thing), len(seen))

    return [
        (
            block.kind,
            block.text,
            block.gap,
            tuple((which(each), each.kind, each.marker, each.task) for each in block.containers),
            block.opens,
            block.level,
            (*_group(block.group), which(block.group)),
            block.number,
            dict(block.references),
        )
        for block in blocks
    ]


def _group(group: Fence | Table | None) -> Told:
    if isinstance(group, Fence):
        return (group.language, tuple(group.lines), tuple(sorted(group.continued)), group.closed)
    if isinstance(group, Table):
        return (tuple(group.align), group.rows, tuple(group.natural))
    return ()


def outline(text: str) -> list[tuple[str, str, str]]:
    """Kind, place and text of each block: `("paragraph", "item quote", "words")`."""
    return [
        (
            f"heading {block.level}" if block.level else str(block.kind),
            " ".join(container.kind for container in block.containers),
            block.text,
        )
        for block in blocks_of(text)
    ]
