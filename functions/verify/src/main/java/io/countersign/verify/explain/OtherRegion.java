package io.countersign.verify.explain;

import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.signing.CredentialScope;
import io.countersign.signing.Presented;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A V4 key derived for another region or product than the credential names (protocol.md 3; 11, trouble 4). */
record OtherRegion() implements NearMiss {
    private static final String CREDENTIAL = "x-oss-credential";
    private static final String PREFIX = "oss-";
    private static final String SUFFIX = "-internal";
    private static final List<String> PRODUCTS = List.of("OSS", "s3", "oss-cloudbox");

    @Override
    public List<Variation> of(Failed failed) {
        Optional<CredentialScope> named = Texts.scope(failed.signed());
        if (named.isEmpty()) {
            return List.of();
        }
        CredentialScope scope = named.get();
        List<Variation> variations = new ArrayList<>();
        for (String region : regions(scope.region(), failed.request().address().region())) {
            CredentialScope other = new CredentialScope(scope.accessKeyId(), scope.date(), region, scope.product());
            add(
                    variations,
                    failed,
                    other,
                    new Cause(
                            "Region",
                            sentence("region", region, scope.region())
                                    + " A region is written as cn-hangzhou, without \"oss-\" before it and without \"-internal\" after it."));
        }
        for (String product : PRODUCTS) {
            CredentialScope other = new CredentialScope(scope.accessKeyId(), scope.date(), scope.region(), product);
            add(variations, failed, other, new Cause("Product", sentence("product", product, scope.product())));
        }
        return variations;
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

    private static String sentence(String what, String signed, String named) {
        return "The signing key is that of the " + what + " " + Quoted.of(signed) + " but the credential names "
                + Quoted.of(named) + "; sign for the " + what + " that the credential names.";
    }

    /** The text of a URL may have the credential as it was sent, or as it was meant. */
    private static void add(List<Variation> variations, Failed failed, CredentialScope scope, Cause cause) {
        Presented.Signed other = Signatures.withScope(failed.signed(), scope);
        variations.add(new Variation(new Written.AsRequest(failed.request(), other, failed.secret()), cause));
        if (failed.request().query().has(CREDENTIAL)) {
            QueryParameters query =
                    failed.request().query().without(CREDENTIAL).and(QueryParameter.of(CREDENTIAL, scope.credential()));
            variations.add(new Variation(new Written.AsRequest(failed.with(query), other, failed.secret()), cause));
        }
    }
}
