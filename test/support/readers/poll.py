"""Polls a feed with feedparser as a reader does; prints how many entries it has seen by then."""

import json
import os
import sys

import feedparser

url, path = sys.argv[1:]
state = json.load(open(path)) if os.path.exists(path) else {"etag": None, "modified": None, "ids": []}
feed = feedparser.parse(url, etag=state["etag"], modified=state["modified"])
if feed.bozo:
    sys.exit(f"feedparser: {feed.bozo_exception}")
if feed.status == 200:
    state["etag"] = feed.get("etag")
    state["modified"] = feed.get("modified")
    state["ids"] = sorted({*state["ids"], *(entry.id for entry in feed.entries)})
    json.dump(state, open(path, "w"))
print(len(state["ids"]))
