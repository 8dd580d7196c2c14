"""Clips: frames drawn one after the other and encoded as MP4 by PyAV. Blocking: call it in a thread."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import chain
from typing import TYPE_CHECKING

from . import sounds
from .media_drawing import paint
from .scenes import Scene

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

SHORTEST, LONGEST = 2.0, 5.0
"""Seconds of a clip, whatever was asked and paid for: it is a demo."""
FRAMES_A_SECOND = 12
WIDEST = 960
"""Pixels of the longer side of a clip made from another."""
LARGEST_FRAME = 40_000_000
"""Pixels of a frame handed in; more is refused before it is decoded."""
ENCODERS = ("libx264", "libopenh264", "h264", "mpeg4")
"""In order of preference; the first this build of FFmpeg has is taken."""

Frame = Callable[[float], "Picture"]
"""Draws the picture at a time in seconds."""


class NotAClip(ValueError):
    """The bytes handed in cannot be decoded as a video."""


def seconds_shown(asked: float) -> float:
    """The length of a clip for which some seconds were asked."""
    return min(LONGEST, max(SHORTEST, asked))


def drawn(scenes: list[Scene], size: tuple[int, int], seconds: float) -> Frame:
    """Frames of one scene after the other, each for the same time."""

    def frame(at: float) -> Picture:
        return paint(scenes[min(len(scenes) - 1, int(at / seconds * len(scenes)))], size, at)

    return frame


def panned(pictures: list[Picture], size: tuple[int, int], seconds: float) -> Frame:
    """A slow pan and zoom over a picture; several pictures are faded into each other in order."""
    from PIL import Image, ImageOps

    # A tenth larger than the clip, so that there is something to pan over.
    room = (round(size[0] * 1.16), round(size[1] * 1.16))
    prepared = [ImageOps.fit(picture.convert("RGB"), room, Image.Resampling.LANCZOS) for picture in pictures]

    def window(picture: Picture, part: float) -> Picture:
        zoom = 1.0 - 0.06 * part
        wide, high = room[0] * zoom, room[1] * zoom
        left, top = (room[0] - wide) * part, (room[1] - high) * (1 - part)
        return picture.resize(size, Image.Resampling.BILINEAR, box=(left, top, left + wide, top + high))

    def frame(at: float) -> Picture:
        part = min(1.0, at / seconds)
        if len(prepared) == 1:
            return window(prepared[0], part)
        place = part * (len(prepared) - 1)
        first = min(int(place), len(prepared) - 2)
        return Image.blend(window(prepared[first], part), window(prepared[first + 1], part), place - first)

    return frame


def encode(frame: Frame, size: tuple[int, int], seconds: float, *, sound: int | None = None) -> bytes:
    """An MP4 file.

    Args:
        sound: Seed of a sound track; None leaves the clip silent.
    """
    return _written(
        (frame(n / FRAMES_A_SECOND) for n in range(round(seconds * FRAMES_A_SECOND))), size, seconds, sound
    )


def reworked(content: bytes, scale: float, change: Callable[[Picture], Picture]) -> bytes:
    """A clip made from another one, frame by frame, at most `LONGEST` seconds of it.

    Raises:
        NotAClip: if the bytes hold no video.
    """
    frames = _frames(content)
    first = next(frames, None)
    if first is None:
        raise NotAClip("no video in it")
    wide, high = first.width * scale, first.height * scale
    shrink = min(1.0, WIDEST / max(wide, high))
    target = (max(2, int(wide * shrink) // 2 * 2), max(2, int(high * shrink) // 2 * 2))
    return _written((change(frame).resize(target) for frame in chain((first,), frames)), target, LONGEST, None)


def _frames(content: bytes) -> Iterator[Picture]:
    """Pictures of a clip at our own frame rate."""
    import av

    try:
        with av.open(io.BytesIO(content), mode="r") as file:
            if not file.streams.video:
                raise NotAClip("no video in it")
            if file.streams.video[0].width * file.streams.video[0].height > LARGEST_FRAME:
                raise NotAClip("its frames are too large")
            wanted = 0.0
            for frame in file.decode(video=0):
                at = float(frame.time or 0.0)
                if at > LONGEST:
                    return
                if at + 1e-6 >= wanted:
                    wanted += 1 / FRAMES_A_SECOND
                    picture: Picture = frame.to_image()  # type: ignore[no-untyped-call]
                    picture.thumbnail((WIDEST, WIDEST))
                    yield picture
    except (av.FFmpegError, ValueError) as error:
        raise NotAClip(str(error)) from error


def _written(frames: Iterator[Picture], size: tuple[int, int], seconds: float, sound: int | None) -> bytes:
    import av
    from av.audio.stream import AudioStream
    from av.video.stream import VideoStream

    out = io.BytesIO()
    with av.open(out, mode="w", format="mp4") as file:
        encoder = next(name for name in ENCODERS if _has(name))
        video = file.add_stream(encoder, rate=FRAMES_A_SECOND)
        assert isinstance(video, VideoStream)
        video.width, video.height, video.pix_fmt = size[0], size[1], "yuv420p"
        if encoder == "libx264":
            video.options = {"preset": "veryfast", "crf": "24"}
        else:
            video.bit_rate = 900_000
        voice = file.add_stream("aac", rate=sounds.RATE, layout="mono") if sound is not None else None
        for picture in frames:
            image = av.VideoFrame.from_image(picture.convert("RGB"))  # type: ignore[no-untyped-call]
            for packet in video.encode(image):
                file.mux(packet)
        for packet in video.encode():
            file.mux(packet)
        if isinstance(voice, AudioStream):
            samples = sounds.tune(int(seconds * 3), sound or 0, seconds)
            for start in range(0, len(samples), 1024):
                piece = samples[start : start + 1024]
                frame = av.AudioFrame(format="s16", layout="mono", samples=len(piece), align=1)
                frame.planes[0].update(piece.tobytes())
                frame.sample_rate, frame.pts, frame.time_base = sounds.RATE, start, Fraction(1, sounds.RATE)
                for packet in voice.encode(frame):
                    file.mux(packet)
            for packet in voice.encode():
                file.mux(packet)
    return out.getvalue()


def _has(encoder: str) -> bool:
    import av

    try:
        av.codec.Codec(encoder, "w")
    except ValueError:
        return False
    return True
