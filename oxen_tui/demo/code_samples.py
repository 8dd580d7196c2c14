"""Pieces of code the demo answers with, one for each language it knows; `NAME` stands for a word of the question."""

from __future__ import annotations

import re

SAMPLES: dict[str, str] = {
    "python": '''\
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NAME_CLASS:
    """One NAME, with what it weighs."""

    label: str
    weight: float = 1.0


def heaviest(items: list[NAME_CLASS]) -> NAME_CLASS | None:
    """The heaviest of them, None if there is none."""
    return max(items, key=lambda item: item.weight, default=None)


print(heaviest([NAME_CLASS("first"), NAME_CLASS("second", 2.5)]))  # second''',
    "rust": """\
#[derive(Debug, Clone)]
struct NAME_CLASS {
    label: String,
    weight: f64,
}

fn heaviest(items: &[NAME_CLASS]) -> Option<&NAME_CLASS> {
    items.iter().max_by(|a, b| a.weight.total_cmp(&b.weight))
}

fn main() {
    let items = vec![NAME_CLASS { label: "first".into(), weight: 1.0 }];
    println!("{:?}", heaviest(&items)); // Some(...)
}""",
    "typescript": """\
interface NAME_CLASS {
  label: string;
  weight?: number;
}

export function heaviest(items: NAME_CLASS[]): NAME_CLASS | undefined {
  // A missing weight counts as one.
  return items.reduce((best, item) => ((item.weight ?? 1) > (best?.weight ?? 1) ? item : best), items[0]);
}""",
    "javascript": """\
const NAMEs = new Map();

export async function load(id) {
  if (!NAMEs.has(id)) {
    const answer = await fetch(`/NAMEs/${id}`);
    if (!answer.ok) throw new Error(`NAME ${id}: ${answer.status}`);
    NAMEs.set(id, await answer.json());
  }
  return NAMEs.get(id);
}""",
    "go": """\
package main

import "fmt"

type NAME_CLASS struct {
	Label  string
	Weight float64
}

func heaviest(items []NAME_CLASS) (best NAME_CLASS, ok bool) {
	for _, item := range items {
		if !ok || item.Weight > best.Weight {
			best, ok = item, true
		}
	}
	return best, ok
}

func main() { fmt.Println(heaviest([]NAME_CLASS{{"first", 1}, {"second", 2.5}})) }""",
    "bash": """\
#!/usr/bin/env bash
set -euo pipefail

# Rename every NAME in a folder to lower case, and say what was done.
for file in "${1:-.}"/*; do
  new="${file,,}"
  [[ "$file" == "$new" ]] || { mv -n -- "$file" "$new"; echo "$file -> $new"; }
done""",
    "sql": """\
-- The five NAMEs that were asked for most this month.
SELECT n.label, count(*) AS asked
FROM NAMEs AS n
JOIN requests AS r ON r.NAME_id = n.id
WHERE r.at >= date('now', 'start of month')
GROUP BY n.id
HAVING asked > 1
ORDER BY asked DESC, n.label
LIMIT 5;""",
    "html": """\
<!doctype html>
<article class="NAME">
  <h1>NAME</h1>
  <p>One paragraph &amp; a <a href="https://example.org">link</a>.</p>
  <button type="button" disabled>Send</button>
</article>""",
    "css": """\
.NAME {
  display: grid;
  gap: 0.5rem; /* half a line */
  color: #d7dae0;
  background: rgb(20 22 26 / 90%);
}

.NAME:hover > a::after { content: " →"; }""",
    "c": """\
#include <stdio.h>

typedef struct { const char *label; double weight; } NAME_t;

int main(void) {
    NAME_t items[] = {{"first", 1.0}, {"second", 2.5}};
    size_t best = 0;
    for (size_t i = 1; i < sizeof items / sizeof *items; i++)
        if (items[i].weight > items[best].weight) best = i; /* the later one wins a tie? no */
    printf("%s\\n", items[best].label);
}""",
    "json": """\
{
  "NAME": {"label": "first", "weight": 1.0, "tags": ["made up", "small"]},
  "count": 2,
  "complete": false,
  "next": null
}""",
    "toml": """\
[NAME]
label = "first"
weight = 1.0          # kilograms
tags = ["made up", "small"]
since = 2026-11-22""",
    "yaml": """\
NAME:
  label: first
  weight: 1.0
  tags: [made up, small]
  note: |
    Two lines,
    kept as they are.""",
    "diff": """\
--- a/NAME.py
+++ b/NAME.py
@@ -1,3 +1,3 @@
 def weight(item):
-    return item["weight"]
+    return item.get("weight", 1.0)
""",
}
"""Language name, as written after the fence, to sample."""

ALIASES = {
    "py": "python",
    "js": "javascript",
    "ts": "typescript",
    "node": "javascript",
    "shell": "bash",
    "sh": "bash",
    "golang": "go",
    "sqlite": "sql",
    "postgres": "sql",
    "patch": "diff",
    "yml": "yaml",
}


def languages_in(question: str) -> list[str]:
    """The languages a question names, in its order, each once."""
    words = re.findall(r"[a-z+#]+", question.lower())
    # "go" and "c" are also plain words: they count only where a language is meant.
    meant = re.findall(r"\b(?:in|using) (go|c)\b|\b(go|c) (?:code|program|function|snippet)", question.lower())
    plain = {word for pair in meant for word in pair}
    found: dict[str, None] = {}
    for word in words:
        language = ALIASES.get(word, word)
        if language in SAMPLES and (word not in ("go", "c") or word in plain):
            found[language] = None
    return list(found)


def sample(language: str, word: str) -> str:
    """A fenced sample about a word."""
    plain = re.sub(r"[^a-z]", "", word.lower()) or "item"
    body = SAMPLES[language].replace("NAME_CLASS", plain.capitalize()).replace("NAME", plain)
    return f"```{language}\n{body}\n```"


def long_program(lines: int, word: str) -> str:
    """A fenced Python program of about so many lines."""
    plain = re.sub(r"[^a-z]", "", word.lower()) or "item"
    out = ['"""Made up, and long on purpose."""', "", "from __future__ import annotations", ""]
    number = 0
    while len(out) < lines:
        number += 1
        out += [
            "",
            f"def {plain}_{number}(value: float, *, times: int = {number % 7 + 1}) -> str:",
            f'    """Step {number}: scale, round and say so."""',
            f"    total = sum(value * {number} / (turn + 1) for turn in range(times))",
            f"    if total > {number * 10}:  # large ones are cut",
            f"        total = {number * 10}.0",
            f'    return f"{plain} {number}: {{total:.2f}}"',
            "",
        ]
    return "```python\n" + "\n".join(out[:lines]) + "\n```"
