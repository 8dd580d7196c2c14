"""Who is signed in, their repositories, and uploads of input files (contract sections 8 and 11)."""

from __future__ import annotations

import asyncio
import uuid
from dataclasses import dataclass, field

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from .errors import JsonResponse, envelope_error, invalid, not_found
from .files import FileStore
from .incoming import json_body, signed_in
from .json_values import text

USERNAME = "ada"
NAMESPACES = frozenset({USERNAME, "harbour-press"})
"""Where ada may bill and store: herself and one organization."""
USER_ID = "6f0f9c9e-0000-4000-8000-0000000000ad"


def base_of(request: Request) -> str:
    """The origin the client used, so that addresses in answers lead back the same way."""
    return f"{request.url.scheme}://{request.url.netloc}"


@dataclass(slots=True)
class Account:
    """The routes under /api/users and /api/repos."""

    token: str
    files: FileStore
    repositories: set[tuple[str, str]] = field(default_factory=set)
    """(namespace, name) of repositories that exist; none does at first, so that clients create theirs."""

    async def me(self, request: Request) -> Response:
        """GET /api/users/me. No balance: the real service has no known route for it."""
        signed_in(request, self.token)
        return JsonResponse({"user": {"id": USER_ID, "username": USERNAME, "name": "Ada of the demo"}})

    async def repository(self, request: Request) -> Response:
        """GET /api/repos/{namespace}/{name}."""
        signed_in(request, self.token)
        namespace, name = self._named(request)
        if (namespace, name) not in self.repositories:
            raise not_found()
        return JsonResponse({"status": "success", "repository": {"namespace": namespace, "name": name}})

    async def create(self, request: Request) -> Response:
        """POST /api/repos/."""
        signed_in(request, self.token)
        body = await json_body(request)
        name, namespace = text(body.get("name")), text(body.get("namespace"), USERNAME)
        if not name or "/" in name:
            raise invalid("A repository needs a name without a slash")
        allowed(namespace)
        if (namespace, name) in self.repositories:
            raise invalid(f"{namespace}/{name} exists already")
        self.repositories.add((namespace, name))
        return JsonResponse({"repository": {"name": name, "namespace": namespace}}, status_code=201)

    async def upload(self, request: Request) -> Response:
        """POST /api/repos/{namespace}/{name}/workbench/context: multipart `file` and text `directory`."""
        signed_in(request, self.token)
        namespace, name = self._named(request)
        if (namespace, name) not in self.repositories:
            raise not_found()
        async with request.form(max_files=1, max_fields=10) as form:
            upload = form.get("file")
            if not isinstance(upload, UploadFile):
                raise invalid("A multipart part named file is needed")
            directory = form.get("directory")
            folder = directory.strip("/") if isinstance(directory, str) and directory.strip("/") else "oxen/context"
            if ".." in folder.split("/"):
                raise invalid("The directory must stay inside the repository")
            content = await upload.read()
            file_name = (upload.filename or "file").replace("\\", "/").rpartition("/")[2] or "file"
            media_type = upload.content_type or "application/octet-stream"
        path = f"{folder}/{file_name}"
        await asyncio.to_thread(self.files.put, namespace, name, path, content, media_type)
        return JsonResponse({"status": "success", "asset_path": path, "uuid": str(uuid.uuid4())})

    async def presigned(self, request: Request) -> Response:
        """GET /api/repos/{namespace}/{name}/file/presigned_url/main/{path}."""
        signed_in(request, self.token)
        namespace, name = self._named(request)
        file = self.files.at(f"/api/repos/{namespace}/{name}/file/main/{request.path_params['path']}")
        return JsonResponse({"url": self.files.sign(file, base_of(request))})

    async def file(self, request: Request) -> Response:
        """GET a file: by its signature, or with the key.

        The repository server takes a User-Agent with "oxen" in it for the command line tool of that name, too old.
        """
        if "oxen" in request.headers.get("user-agent", "").lower():
            raise envelope_error(426, "update_required", "A tool of this name needs version >= 0.36.0 here.")
        if "authorization" in request.headers and "oxen_signature" not in request.query_params:
            signed_in(request, self.token)
            file = self.files.at(request.scope["path"])
        else:
            query = request.query_params
            signature, expires = query.get("oxen_signature", ""), query.get("oxen_expires", "")
            file = self.files.opened(request.scope["path"], signature, expires)
        return FileResponse(file.on_disk, media_type=file.media_type)

    def _named(self, request: Request) -> tuple[str, str]:
        namespace = str(request.path_params["namespace"])
        allowed(namespace)
        return namespace, str(request.path_params["name"])


def allowed(namespace: str) -> None:
    """Refuse a namespace that is not ada's.

    Raises:
        Refused: 403.
    """
    if namespace not in NAMESPACES:
        raise envelope_error(403, "forbidden", f"{USERNAME} has no access to {namespace}")
