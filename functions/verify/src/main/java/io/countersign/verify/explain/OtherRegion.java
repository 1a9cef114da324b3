package io.countersign.verify.explain;

import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.signing.CredentialScope;
import io.countersign.signing.MiscopiedSecret;
import io.countersign.signing.RequestCredentials;
import io.countersign.signing.Secret;
import io.countersign.verify.decide.RegionName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tries V4 keys derived for another region or product than the credential names (docs/protocol.md 3; 11, trouble 4). */
record OtherRegion() implements ClientMistakes.ClientMistake {
    private static final String CREDENTIAL = "x-oss-credential";
    private static final String PREFIX = "oss-";
    private static final String SUFFIX = "-internal";
    private static final List<String> PRODUCTS = List.of("OSS", "s3", "oss-cloudbox");

    @Override
    public List<ClientMistakes.Candidate> of(MismatchedRequest mismatched) {
        Optional<CredentialScope> named = Texts.scope(mismatched.signed());
        if (named.isEmpty()) {
            return List.of();
        }
        CredentialScope scope = named.get();
        List<ClientMistakes.Candidate> candidates = new ArrayList<>();
        for (String region :
                regions(scope.region(), mismatched.request().address().region())) {
            CredentialScope other = new CredentialScope(scope.accessKeyId(), scope.date(), region, scope.product());
            add(
                    candidates,
                    mismatched,
                    other,
                    new Explained.Cause(
                            "Region",
                            sentence("region", region, scope.region())
                                    + " A region is written as cn-hangzhou, without \"oss-\" before it and without \"-internal\" after it."));
        }
        for (String product : PRODUCTS) {
            CredentialScope other = new CredentialScope(scope.accessKeyId(), scope.date(), scope.region(), product);
            add(
                    candidates,
                    mismatched,
                    other,
                    new Explained.Cause("Product", sentence("product", product, scope.product())));
        }
        return candidates;
    }

    private static Set<String> regions(String named, Optional<String> ofHost) {
        String plain = RegionName.plain(named);
        Set<String> regions =
                new LinkedHashSet<>(List.of(plain, PREFIX + plain, plain + SUFFIX, PREFIX + plain + SUFFIX));
        ofHost.ifPresent(region -> regions.addAll(List.of(region, PREFIX + region)));
        int dash = plain.indexOf('-');
        if (dash > 0) {
            // beijing for cn-beijing.
            regions.add(plain.substring(dash + 1));
        }
        regions.remove(named);
        return regions;
    }

    private static String sentence(String part, String signed, String named) {
        return "The signing key is that of the " + part + " " + ShownText.Quoted.of(signed)
                + " but the credential names " + ShownText.Quoted.of(named) + "; sign for the " + part
                + " that the credential names.";
    }

    /** Tries the URL's text with the credential that was sent, and with the other scope. */
    private static void add(
            List<ClientMistakes.Candidate> candidates,
            MismatchedRequest mismatched,
            CredentialScope scope,
            Explained.Cause cause) {
        RequestCredentials.Signed other = Signatures.withScope(mismatched.signed(), scope);
        candidates.add(new ClientMistakes.Candidate(
                new ClientMistakes.SignedInput.AsRequest(mismatched.request(), other, mismatched.secret()), cause));
        if (mismatched.request().query().has(CREDENTIAL)) {
            QueryParameters query = mismatched
                    .request()
                    .query()
                    .without(CREDENTIAL)
                    .and(QueryParameter.of(CREDENTIAL, scope.credential()));
            candidates.add(new ClientMistakes.Candidate(
                    new ClientMistakes.SignedInput.AsRequest(mismatched.with(query), other, mismatched.secret()),
                    cause));
        }
    }

    /** Tries a secret that was copied with surrounding characters (docs/protocol.md 11, trouble 18), and the access key id as secret. */
    record WrongCopyOfSecret() implements ClientMistakes.ClientMistake {
        @Override
        public List<ClientMistakes.Candidate> of(MismatchedRequest mismatched) {
            List<ClientMistakes.Candidate> candidates = new ArrayList<>();
            for (MiscopiedSecret copy : MiscopiedSecret.of(mismatched.secret())) {
                candidates.add(with(
                        mismatched,
                        copy.secret(),
                        "The client's secret has " + copy.slip() + "; trim it where it is stored, and sign again."));
            }
            candidates.add(with(
                    mismatched,
                    Secret.of(mismatched.signed().accessKeyId()),
                    "The client signs with the access key id in place of its secret; set the secret."));
            return candidates;
        }

        private static ClientMistakes.Candidate with(MismatchedRequest mismatched, Secret secret, String sentence) {
            return new ClientMistakes.Candidate(
                    new ClientMistakes.SignedInput.AsRequest(mismatched.request(), mismatched.signed(), secret),
                    new Explained.Cause("SecretCopied", sentence));
        }
    }

    /** Copies credentials with one part changed. */
    static final class Signatures {
        private Signatures() {}

        /** The headers that V2 and V4 sign in addition to those that they always sign. */
        static List<String> additional(RequestCredentials.Signed signed) {
            return switch (signed) {
                case RequestCredentials.V2Header v2 -> v2.additionalHeaders();
                case RequestCredentials.V2Url v2 -> v2.additionalHeaders();
                case RequestCredentials.V4Header v4 -> v4.additionalHeaders();
                case RequestCredentials.V4Url v4 -> v4.additionalHeaders();
                case RequestCredentials.V1Header v1 -> List.of();
                case RequestCredentials.V1Url v1 -> List.of();
            };
        }

        static RequestCredentials.Signed withSignature(RequestCredentials.Signed signed, String text) {
            return switch (signed) {
                case RequestCredentials.V1Header v1 ->
                    new RequestCredentials.V1Header(v1.accessKeyId(), text, v1.securityToken());
                case RequestCredentials.V1Url v1 ->
                    new RequestCredentials.V1Url(v1.accessKeyId(), text, v1.securityToken(), v1.expires());
                case RequestCredentials.V2Header v2 ->
                    new RequestCredentials.V2Header(v2.accessKeyId(), text, v2.securityToken(), v2.additionalHeaders());
                case RequestCredentials.V2Url v2 ->
                    new RequestCredentials.V2Url(
                            v2.accessKeyId(), text, v2.securityToken(), v2.additionalHeaders(), v2.expires());
                case RequestCredentials.V4Header v4 ->
                    new RequestCredentials.V4Header(v4.scope(), text, v4.securityToken(), v4.additionalHeaders());
                case RequestCredentials.V4Url v4 ->
                    new RequestCredentials.V4Url(
                            v4.scope(),
                            text,
                            v4.securityToken(),
                            v4.additionalHeaders(),
                            v4.date(),
                            v4.expiresSeconds());
            };
        }

        /** Returns the credentials of V1 and V2, which have no scope, unchanged. */
        static RequestCredentials.Signed withScope(RequestCredentials.Signed signed, CredentialScope scope) {
            return switch (signed) {
                case RequestCredentials.V1Header other -> other;
                case RequestCredentials.V1Url other -> other;
                case RequestCredentials.V2Header other -> other;
                case RequestCredentials.V2Url other -> other;
                case RequestCredentials.V4Header v4 ->
                    new RequestCredentials.V4Header(scope, v4.signature(), v4.securityToken(), v4.additionalHeaders());
                case RequestCredentials.V4Url v4 ->
                    new RequestCredentials.V4Url(
                            scope,
                            v4.signature(),
                            v4.securityToken(),
                            v4.additionalHeaders(),
                            v4.date(),
                            v4.expiresSeconds());
            };
        }
    }
}
