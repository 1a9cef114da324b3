package io.countersign.verify.decide;

import io.countersign.signing.CredentialScope;
import io.countersign.signing.RequestCredentials;
import io.countersign.signing.SecurityToken;
import io.countersign.signing.SignatureVersion;
import java.util.Optional;

/** The credentials of a request: none, a signature in header or URL, or a signed form. */
sealed interface Credentials {
    /** The request is anonymous. */
    record None() implements Credentials {}

    /** A signature that is not checked yet. */
    sealed interface Signed extends Credentials {
        String accessKeyId();

        SignatureVersion version();

        String signature();

        Optional<SecurityToken> securityToken();

        /** The scope of a V4 signature; empty for other versions. */
        Optional<CredentialScope> scope();

        /** The kind of signature, for messages. */
        String kind();
    }

    /** A signature over the request itself. */
    record OverRequest(RequestCredentials.Signed presented) implements Signed {
        @Override
        public String accessKeyId() {
            return presented.accessKeyId();
        }

        @Override
        public SignatureVersion version() {
            return presented.version();
        }

        @Override
        public String signature() {
            return presented.signature();
        }

        @Override
        public Optional<SecurityToken> securityToken() {
            return presented.securityToken();
        }

        @Override
        public Optional<CredentialScope> scope() {
            return switch (presented) {
                case RequestCredentials.V4Header header -> Optional.of(header.scope());
                case RequestCredentials.V4Url url -> Optional.of(url.scope());
                case RequestCredentials.V1Header header -> Optional.empty();
                case RequestCredentials.V1Url url -> Optional.empty();
                case RequestCredentials.V2Header header -> Optional.empty();
                case RequestCredentials.V2Url url -> Optional.empty();
            };
        }

        @Override
        public String kind() {
            return switch (presented.version()) {
                case V1 -> "V1 signature";
                case V2 -> "V2 signature";
                case V4 -> "V4 signature";
            };
        }
    }

    /** A signature over the policy of a POST upload's form. */
    record OverForm(PostUpload.SignedForm form) implements Signed {
        @Override
        public String accessKeyId() {
            return form.accessKeyId();
        }

        @Override
        public SignatureVersion version() {
            return form.v4().isPresent() ? SignatureVersion.V4 : SignatureVersion.V1;
        }

        @Override
        public String signature() {
            return form.signature();
        }

        @Override
        public Optional<SecurityToken> securityToken() {
            return form.securityToken();
        }

        @Override
        public Optional<CredentialScope> scope() {
            return form.v4().map(PostUpload.SignedForm.V4::scope);
        }

        @Override
        public String kind() {
            return version() + " POST policy signature";
        }
    }

    static Credentials of(RequestCredentials presented) {
        return switch (presented) {
            case RequestCredentials.Anonymous anonymous -> new None();
            case RequestCredentials.Signed signed -> new OverRequest(signed);
        };
    }

    /** The scope of a V4 signature, if the credentials are one. */
    static Optional<CredentialScope> scopeOf(Credentials credentials) {
        return switch (credentials) {
            case None none -> Optional.empty();
            case Signed signed -> signed.scope();
        };
    }
}
