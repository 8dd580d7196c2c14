"""The answer to `fault: escape`: what a terminal must never get to act on, a line for each kind."""

from __future__ import annotations

LINES: tuple[str, ...] = (
    "Everything below is plain text to a careful reader.",
    "Colour: \x1b[31mred\x1b[0m, clear: \x1b[2J\x1b[H, other screen: \x1b[?1049h, cursor gone: \x1b[?25l.",
    "Title: \x1b]0;taken over\x07, clipboard: \x1b]52;c;aGVsbG8=\x07.",
    "A link: \x1b]8;;https://evil.example\x07here\x1b]8;;\x07.",
    "Questions: \x1b[c \x1b[6n \x1b]11;?\x1b\\ \x1b[>q.",
    "A picture: \x1b_Gf=100,a=T;AAAA\x1b\\. Through tmux: \x1bPtmux;\x1b\x1b[2J\x1b\\.",
    "One-byte forms: \x9b2J \x9d0;title\x9c \x90q\x9c.",
    "Bells \x07\x07, backspaces abc\x08\x08\x08, a return\rover it, a null \x00, a delete \x7f.",
    "Directions: \u202egnp.exe\u202c and \u2066isolated\u2069.",
    "Zero width: a\u200bb\u200dc\ufeffd, tags: \U000e0041\U000e0042.",
    "Markup: [red]red[/red] [@click=app.quit]press[/] [link=https://evil.example]link[/link] \\[escaped] [/] [[]].",
    "HTML: <script>alert(1)</script> <b>bold</b> <!-- comment --> &lt;entity&gt; &#27;[31m.",
    'Links: [docs](javascript:alert(1)) [bank](https://evil.example "https://bank.example") ![x](file:///etc/passwd).',
    "Combining: Z\u0351\u036b\u0343\u036a\u0302\u0353a\u0322\u0321lgo.",
    "Wide: 你好 🐂🏽 👨\u200d👩\u200d👧, broken: \ufffd.",
    "```python\nprint('\x1b[2J still inside the fence')  # \x1b]0;no\x07\n```",
    "And a plain end.",
)
HOSTILE = "\n\n".join(LINES)
"""All of it. Cut into tokens of four characters, most sequences arrive in pieces."""
