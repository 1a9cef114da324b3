# Signatures of a GET by openssl alone (docs/performance.md says what they are for). To be sourced; each takes: id secret region bucket object [security-token].

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

v4_url() {
  local id=$1 secret=$2 region=$3 bucket=$4 object=$5 token=${6-} date day key query step digest
  date=$(date -u +%Y%m%dT%H%M%SZ) day=${date%T*}
  query="x-oss-credential=$id%2F$day%2F$region%2Foss%2Faliyun_v4_request&x-oss-date=$date&x-oss-expires=86400${token:+&x-oss-security-token=$(urlencoded "$token")}&x-oss-signature-version=OSS4-HMAC-SHA256"
  key=$(printf 'aliyun_v4%s' "$secret" | od -An -v -tx1 | tr -d ' \n')
  for step in "$day" "$region" oss aliyun_v4_request; do
    key=$(printf %s "$step" | hmac "$key")
  done
  digest=$(printf 'GET\n/%s/%s\n%s\n\n\nUNSIGNED-PAYLOAD' "$bucket" "$object" "$query" | openssl dgst -sha256 | sed 's/.* //')
  echo "/$object?$query&x-oss-signature=$(printf 'OSS4-HMAC-SHA256\n%s\n%s/%s/oss/aliyun_v4_request\n%s' "$date" "$day" "$region" "$digest" | hmac "$key")"
}
