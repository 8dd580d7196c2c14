"""What is said in the conversation that most scenes show."""

from __future__ import annotations

TITLE = "Animate the lighthouse"
MODEL = "heron-3-pro"

FIRST_QUESTION = "Which model should animate this still?"
SECOND_QUESTION = "Which model should animate this still? Six seconds at most."
QUESTION = "Which model should animate this still? Six seconds, under a dollar, slow camera."
"""The question as it was edited at last."""

REASONING = """\
The still is a lighthouse at dusk, so what moves is the beam and the water. A moving camera would fight with both.
Under a dollar for six seconds leaves the models below sixteen cents a second, and those that bill in blocks of ten
seconds only if the block is cheap.
"""

ANSWER = """\
## Two that fit, one that nearly does

The beam is the subject, so the **camera should barely move**. Six seconds, 720p:

| Model         | Length    | Price / s | 6 s   | Holds a still camera |
| ------------- | --------- | --------- | ----- | -------------------- |
| tern-2-pro    | 4-12 s    | $0.10     | $0.60 | yes                  |
| brook-video   | 5 or 10 s | $0.08     | $0.80 | mostly; bills 10 s   |
| kelp-motion-1 | 2-8 s     | $0.19     | $1.14 | yes, over budget     |

1. Start with `tern-2-pro` and `camera.motion = "static"`.
2. Keep the seed: a second take then differs only in the prompt.

```python
from studio import animate
clip = animate("lighthouse-dusk.png", model="tern-2-pro",
               seconds=6, motion="static", seed=4127)  # about $0.60
```

If the foam reads as noise, lower `motion.strength` to 0.3 before you touch the prompt; the beam itself is stable \
from about 0.2 on.
"""

STREAMED = ANSWER[: ANSWER.rindex(" 0.2 on")]
"""The answer as far as it has come in the scenes where it is still written."""

SHORT_ANSWER = """\
The beam is the subject, so the **camera should barely move**. For six seconds at 720p:

1. `tern-2-pro`, $0.60, static camera
2. `brook-video`, $0.80, since it bills ten seconds
3. `kelp-motion-1`, $1.14, over your bud"""
"""For small screens, and for an answer that breaks off."""

NEXT_QUESTION = "and would a 2:1 crop change the price?"
"""What stands in the composer."""
