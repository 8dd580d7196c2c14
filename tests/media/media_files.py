"""Small files of every kind, made on the spot by the libraries that others make theirs with."""

from __future__ import annotations

import io
import struct
import zlib
from fractions import Fraction
from functools import cache
from typing import Any

import av
from PIL import Image


def picture(form: str, size: tuple[int, int] = (24, 16), frames: int = 1, **options: Any) -> bytes:
    """A picture file; `frames` of different colours."""
    out = io.BytesIO()
    images = [Image.new("RGB", size, (40 * each, 90, 200)) for each in range(frames)]
    if frames > 1:
        options |= {"save_all": True, "append_images": images[1:], "duration": 250}
    images[0].save(out, form, **options)
    return out.getvalue()


def turned(form: str, size: tuple[int, int] = (24, 16)) -> bytes:
    """A picture that lies on its side, as cameras write them."""
    exif = Image.Exif()
    exif[0x0112] = 6
    return picture(form, size, exif=exif)


def png_claiming(width: int, height: int) -> bytes:
    """A small PNG file whose header claims any size."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@cache
def recording(
    container: str, video: str | None = None, audio: str | None = None, *, seconds: float = 1.0, rate: int = 8
) -> bytes:
    """A clip or a sound: 64 by 48 pixels, mono.

    Args:
        container: FFmpeg's name of it.
        video, audio: FFmpeg's names of the codecs; None leaves that out.
    """
    out = io.BytesIO()
    file: Any
    with av.open(out, "w", format=container) as file:
        if video:
            pictures = file.add_stream(video, rate=rate)
            pictures.width, pictures.height, pictures.pix_fmt = 64, 48, "yuv420p"
        if audio:
            sounds = file.add_stream(audio, rate=48_000)
        if video:
            for number in range(int(seconds * rate)):
                frame = av.VideoFrame.from_image(  # type: ignore[no-untyped-call]
                    Image.new("RGB", (64, 48), (30 * number % 255, 60, 120))
                )
                frame.pts, frame.time_base = number, Fraction(1, rate)
                file.mux(pictures.encode(frame))
            file.mux(pictures.encode(None))
        if audio:
            fifo = av.AudioFifo()
            silence = av.AudioFrame(format=sounds.format.name, layout="mono", samples=int(48_000 * seconds))
            silence.sample_rate = 48_000
            for plane in silence.planes:
                plane.update(bytes(plane.buffer_size))
            fifo.write(silence)
            size = sounds.codec_context.frame_size or 1024
            while (part := fifo.read(size)) or (part := fifo.read(0, partial=True)):
                file.mux(sounds.encode(part))
            file.mux(sounds.encode(None))
    return out.getvalue()
