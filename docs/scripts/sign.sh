#!/bin/sh
# Signs a command with openssl and sends it with curl: all that a client needs (docs/control-plane.md).
# Usage: sign.sh KEY_FILE AUTHORITY PATH BODY, as in
#   sign.sh data/keys/operator-1.json 127.0.0.1:8080 /v1/commands '{"op":"ping"}'
set -eu
key=$1 authority=$2 path=$3 body=$4
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

member() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p" "$key"; }
base64url() { base64 -w0 | tr '+/' '-_' | tr -d '='; }

# the key of RFC 8410: a fixed head, then the 32 bytes of the secret
umask 077
secret=$(member d | tr -- '-_' '+/')=
{
    printf '\060\056\002\001\000\060\005\006\003\053\145\160\004\042\004\040'
    printf '%s' "$secret" | base64 -d
} | openssl pkey -inform DER -out "$work/key.pem"

# the idempotency key is a UUIDv7: 48 bits of milliseconds, version, variant, the rest at random
random=$(openssl rand -hex 10)
stamp=$(printf '%012x' "$(date +%s%3N)")
id=$(printf '%s-%s-7%s-8%s-%s' "$(echo "$stamp" | cut -c1-8)" "$(echo "$stamp" | cut -c9-12)" \
    "$(echo "$random" | cut -c1-3)" "$(echo "$random" | cut -c4-6)" "$(echo "$random" | cut -c7-18)")

created=$(date +%s)
nonce=$(openssl rand 16 | base64url)
digest="sha-256=:$(printf '%s' "$body" | openssl dgst -sha256 -binary | base64 -w0):"
covered='("@method" "@authority" "@path" "@query" "content-digest" "content-type" "idempotency-key")'
parameters="$covered;created=$created;expires=$((created + 30));nonce=\"$nonce\""
parameters="$parameters;keyid=\"$(member kid)\";alg=\"ed25519\";tag=\"mev-cmd-v1\""
printf '"@method": POST\n"@authority": %s\n"@path": %s\n"@query": ?\n"content-digest": %s\n' \
    "$authority" "$path" "$digest" >"$work/base"
printf '"content-type": application/json\n"idempotency-key": "%s"\n"@signature-params": %s' \
    "$id" "$parameters" >>"$work/base"
signature=$(openssl pkeyutl -sign -rawin -inkey "$work/key.pem" -in "$work/base" | base64 -w0)

curl -sS -X POST "http://$authority$path" \
    -H "Content-Type: application/json" -H "Content-Digest: $digest" -H "Idempotency-Key: \"$id\"" \
    -H "Signature-Input: cmd=$parameters" -H "Signature: cmd=:$signature:" --data-binary "$body"
