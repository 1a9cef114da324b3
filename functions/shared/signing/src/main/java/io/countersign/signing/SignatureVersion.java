package io.countersign.signing;

/** The signature versions of OSS (docs/protocol.md 1 to 3). */
public enum SignatureVersion {
    /** HMAC-SHA1 over decoded text; ambiguous for some names (docs/protocol.md 1.5). */
    V1,
    /** HMAC-SHA256, {@code OSS2}: older SDKs. */
    V2,
    /** {@code OSS4-HMAC-SHA256}: bound to a day, a region and a product. */
    V4
}
