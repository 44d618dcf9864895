#!/usr/bin/env bash
# Posts the five largest open gaps to a chat. Made for cron: 0 8 * * 1  /path/weekly-gap-report.sh
#
#   KBAUDIT_URL   https://kb.example.com
#   KBAUDIT_KEY   an API key with the scope read (or KBAUDIT_KEY_FILE)
#   CHAT_URL      an incoming webhook that takes {"text": "..."} (Slack, Mattermost, Google Chat, Rocket.Chat)
#
# Needs curl and python3. Says nothing and exits with 0 if there is no gap; exits with 1 if kbaudit or the chat refuses.
set -euo pipefail

: "${KBAUDIT_URL:?set KBAUDIT_URL}" "${CHAT_URL:?set CHAT_URL}"
key=${KBAUDIT_KEY:-$(cat "${KBAUDIT_KEY_FILE:?set KBAUDIT_KEY or KBAUDIT_KEY_FILE}")}

# The key goes in by standard input: what stands on a command line, every user of the machine can read.
gaps=$(printf 'header = "Authorization: Bearer %s"\n' "$key" |
  curl --config - --silent --show-error --fail --max-time 30 "${KBAUDIT_URL%/}/api/v1/gaps?limit=5")

message=$(printf '%s' "$gaps" | KBAUDIT_URL="$KBAUDIT_URL" python3 -c '
import json, os, sys

page = json.load(sys.stdin)
if page["items"]:
    lines = ["*What customers asked and nobody answered* (%d open)" % page["total"]]
    for gap in page["items"]:
        link = "%s/findings/%s" % (os.environ["KBAUDIT_URL"].rstrip("/"), gap["fingerprint"])
        lines.append("• %s: %s questions, %s a week. %s" % (gap["label"], gap["count"], gap["per_week"], link))
        lines += ["    “%s”" % question[:140] for question in gap["questions"][:1]]
    print(json.dumps({"text": "\n".join(lines)}))
')

[ -n "$message" ] || exit 0
printf '%s' "$message" |
  curl --silent --show-error --fail --max-time 30 --header 'Content-Type: application/json' --data-binary @- "$CHAT_URL" >/dev/null
