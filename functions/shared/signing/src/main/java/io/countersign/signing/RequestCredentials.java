package io.countersign.signing;

import java.util.List;
import java.util.Optional;

/** The credentials that a request presents: none, or one signature. They are parsed, but not verified. */
public sealed interface RequestCredentials {
    /** A request without credentials. */
    record Anonymous() implements RequestCredentials {}

    /** One signature as the client wrote it. It proves nothing until {@link io.countersign.signing.request.SignatureVerifier} has checked it. */
    sealed interface Signed extends RequestCredentials {
        SignatureVersion version();

        String accessKeyId();

        String signature();

        /** The security token, if the access key belongs to a session. */
        Optional<SecurityToken> securityToken();
    }

    /** {@code Authorization: OSS id:signature} (docs/protocol.md 1.1). */
    record V1Header(String accessKeyId, String signature, Optional<SecurityToken> securityToken) implements Signed {
        @Override
        public SignatureVersion version() {
            return SignatureVersion.V1;
        }
    }

    /**
     * {@code ?OSSAccessKeyId=&Expires=&Signature=} (docs/protocol.md 1.4).
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
     * {@code Authorization: OSS2 AccessKeyId:id,AdditionalHeaders:a;b,Signature:signature} (docs/protocol.md 2).
     *
     * @param additionalHeaders the further headers that the client claims to have signed, in lower case and sorted
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
     * {@code ?x-oss-signature-version=OSS2&...} (docs/protocol.md 2).
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

    /** {@code Authorization: OSS4-HMAC-SHA256 Credential=...,AdditionalHeaders=...,Signature=...} (docs/protocol.md 3). */
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
     * {@code ?x-oss-signature-version=OSS4-HMAC-SHA256&...} (docs/protocol.md 3).
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
