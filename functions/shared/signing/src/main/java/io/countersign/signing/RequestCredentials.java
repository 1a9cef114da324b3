package io.countersign.signing;

import java.util.List;
import java.util.Optional;

/** The credentials that a request presents: none, or one signature. Parsed once and strictly; nothing is checked against a secret yet. */
public sealed interface RequestCredentials {
    /** No credentials at all. */
    record Anonymous() implements RequestCredentials {}

    /** One signature. The signature is as the client wrote it and proves nothing before {@link io.countersign.signing.request.SignatureVerifier} compared it. */
    sealed interface Signed extends RequestCredentials {
        SignatureVersion version();

        String accessKeyId();

        String signature();

        /** The token of a session; its key signs only together with it. */
        Optional<SecurityToken> securityToken();
    }

    /** {@code Authorization: OSS id:signature} (protocol.md 1.1). */
    record V1Header(String accessKeyId, String signature, Optional<SecurityToken> securityToken) implements Signed {
        @Override
        public SignatureVersion version() {
            return SignatureVersion.V1;
        }
    }

    /**
     * {@code ?OSSAccessKeyId=&Expires=&Signature=} (protocol.md 1.4).
     *
     * @param expires seconds since 1970
     */
    record V1Url(String accessKeyId, String signature, Optional<SecurityToken> securityToken, long expires)
            implements Signed {
        @Override
        public SignatureVersion version() {
            return SignatureVersion.V1;
        }
    }

    /**
     * {@code Authorization: OSS2 AccessKeyId:id,AdditionalHeaders:a;b,Signature:signature} (protocol.md 2).
     *
     * @param additionalHeaders the names that the client says it signed besides the usual ones, lower-cased and sorted
     */
    record V2Header(
            String accessKeyId, String signature, Optional<SecurityToken> securityToken, List<String> additionalHeaders)
            implements Signed {
        public V2Header {
            additionalHeaders = List.copyOf(additionalHeaders);
        }

        @Override
        public SignatureVersion version() {
            return SignatureVersion.V2;
        }
    }

    /**
     * {@code ?x-oss-signature-version=OSS2&...} (protocol.md 2).
     *
     * @param expires seconds since 1970
     */
    record V2Url(
            String accessKeyId,
            String signature,
            Optional<SecurityToken> securityToken,
            List<String> additionalHeaders,
            long expires)
            implements Signed {
        public V2Url {
            additionalHeaders = List.copyOf(additionalHeaders);
        }

        @Override
        public SignatureVersion version() {
            return SignatureVersion.V2;
        }
    }

    /** {@code Authorization: OSS4-HMAC-SHA256 Credential=...,AdditionalHeaders=...,Signature=...} (protocol.md 3). */
    record V4Header(
            CredentialScope scope,
            String signature,
            Optional<SecurityToken> securityToken,
            List<String> additionalHeaders)
            implements Signed {
        public V4Header {
            additionalHeaders = List.copyOf(additionalHeaders);
        }

        @Override
        public SignatureVersion version() {
            return SignatureVersion.V4;
        }

        @Override
        public String accessKeyId() {
            return scope.accessKeyId();
        }
    }

    /**
     * {@code ?x-oss-signature-version=OSS4-HMAC-SHA256&...} (protocol.md 3).
     *
     * @param date x-oss-date as it was sent
     * @param expiresSeconds 1 to 604,800, counted from the date
     */
    record V4Url(
            CredentialScope scope,
            String signature,
            Optional<SecurityToken> securityToken,
            List<String> additionalHeaders,
            String date,
            long expiresSeconds)
            implements Signed {
        public V4Url {
            additionalHeaders = List.copyOf(additionalHeaders);
        }

        @Override
        public SignatureVersion version() {
            return SignatureVersion.V4;
        }

        @Override
        public String accessKeyId() {
            return scope.accessKeyId();
        }
    }
}
