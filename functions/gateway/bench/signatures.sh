# Signatures of a GET, and of a JWT, by openssl (docs/performance.md has their use). To be sourced. v1_url and v4_url: id secret region bucket object [security-token]. s3_url: id secret region host path. METHOD may be set for v4_url and s3_url.

urlencoded() {
  local text=$1 out= i c
  for ((i = 0; i < ${#text}; i++)); do
    c=${text:i:1}
    case $c in
      [A-Za-z0-9._~-]) out+=$c ;;
      *) printf -v c '%%%02X' "'$c" && out+=$c ;;
    esac
  done
  echo "$out"
}

v1_url() {
  local id=$1 secret=$2 bucket=$4 object=$5 token=${6-} expires signature
  expires=$(($(date +%s) + 86400))
  signature=$(printf 'GET\n\n\n%s\n/%s/%s' "$expires" "$bucket" "$object${token:+?security-token=$token}" | openssl dgst -sha1 -hmac "$secret" -binary | openssl base64)
  echo "/$object?OSSAccessKeyId=$id&Expires=$expires&Signature=$(urlencoded "$signature")${token:+&security-token=$(urlencoded "$token")}"
}

hmac() { # hex of the HMAC-SHA256 of what is read, under a key in hex
  openssl dgst -sha256 -mac HMAC -macopt "hexkey:$1" | sed 's/.* //'
}

derived() { # hex of the key that HMAC-SHA256 makes of a secret, step by step
  local key step
  key=$(printf %s "$1" | od -An -v -tx1 | tr -d ' \n')
  shift
  for step; do
    key=$(printf %s "$step" | hmac "$key")
  done
  echo "$key"
}

v4_url() {
  local id=$1 secret=$2 region=$3 bucket=$4 object=$5 token=${6-} date day key query digest
  date=$(date -u +%Y%m%dT%H%M%SZ) day=${date%T*}
  query="x-oss-credential=$id%2F$day%2F$region%2Foss%2Faliyun_v4_request&x-oss-date=$date&x-oss-expires=86400${token:+&x-oss-security-token=$(urlencoded "$token")}&x-oss-signature-version=OSS4-HMAC-SHA256"
  key=$(derived "aliyun_v4$secret" "$day" "$region" oss aliyun_v4_request)
  digest=$(printf '%s\n/%s/%s\n%s\n\n\nUNSIGNED-PAYLOAD' "${METHOD:-GET}" "$bucket" "$object" "$query" | openssl dgst -sha256 | sed 's/.* //')
  echo "/$object?$query&x-oss-signature=$(printf 'OSS4-HMAC-SHA256\n%s\n%s/%s/oss/aliyun_v4_request\n%s' "$date" "$day" "$region" "$digest" | hmac "$key")"
}

s3_url() { # SigV4, as S3 stores verify it
  local id=$1 secret=$2 region=$3 host=$4 path=$5 date day key query digest
  date=$(date -u +%Y%m%dT%H%M%SZ) day=${date%T*}
  query="X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=$id%2F$day%2F$region%2Fs3%2Faws4_request&X-Amz-Date=$date&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
  key=$(derived "AWS4$secret" "$day" "$region" s3 aws4_request)
  digest=$(printf '%s\n%s\n%s\nhost:%s\n\nhost\nUNSIGNED-PAYLOAD' "${METHOD:-GET}" "$path" "$query" "$host" | openssl dgst -sha256 | sed 's/.* //')
  echo "$path?$query&X-Amz-Signature=$(printf 'AWS4-HMAC-SHA256\n%s\n%s/%s/s3/aws4_request\n%s' "$date" "$day" "$region" "$digest" | hmac "$key")"
}

b64url() { # of standard input
  openssl base64 -A | tr '+/' '-_' | tr -d =
}

raw_ec() { # standard input: an ECDSA signature in DER; prints r and s of 32 bytes each
  local numbers
  mapfile -t numbers < <(openssl asn1parse -inform DER | sed -n 's/.*INTEGER *://p')
  printf '%64s%64s' "${numbers[0]}" "${numbers[1]}" | tr ' ' 0 | xxd -r -p
}

jwk() { # a public key in PEM, and its kid
  local hex
  if openssl pkey -pubin -in "$1" -noout -text | grep -q Modulus; then
    hex=$(openssl rsa -pubin -in "$1" -noout -modulus | sed 's/Modulus=//')
    printf '{"kty":"RSA","kid":"%s","e":"AQAB","n":"%s"}' "$2" "$(xxd -r -p <<< "$hex" | b64url)"
  else
    hex=$(openssl pkey -pubin -in "$1" -outform DER | tail -c 64 | xxd -p -c 64)
    printf '{"kty":"EC","crv":"P-256","kid":"%s","x":"%s","y":"%s"}' "$2" "$(xxd -r -p <<< "${hex:0:64}" | b64url)" "$(xxd -r -p <<< "${hex:64}" | b64url)"
  fi
}

jwt() { # algorithm, private key in PEM, claims; the kid is the algorithm's name
  local input
  input=$(printf '{"alg":"%s","kid":"%s","typ":"JWT"}' "$1" "$1" | b64url).$(printf %s "$3" | b64url)
  case $1 in
    RS256) echo "$input.$(printf %s "$input" | openssl dgst -sha256 -sign "$2" | b64url)" ;;
    ES256) echo "$input.$(printf %s "$input" | openssl dgst -sha256 -sign "$2" | raw_ec | b64url)" ;;
  esac
}
