package io.countersign.verify.explain;

import io.countersign.signing.MiscopiedSecret;
import io.countersign.signing.Secret;
import java.util.ArrayList;
import java.util.List;

/** A secret that was copied with something around it (protocol.md 11, trouble 18), or taken for its id. */
record WrongCopyOfSecret() implements NearMiss {
    @Override
    public List<Variation> of(Failed failed) {
        List<Variation> variations = new ArrayList<>();
        for (MiscopiedSecret copy : MiscopiedSecret.of(failed.secret())) {
            variations.add(with(
                    failed,
                    copy.secret(),
                    "The client's secret has " + copy.slip() + "; trim it where it is stored, and sign again."));
        }
        variations.add(with(
                failed,
                Secret.of(failed.signed().accessKeyId()),
                "The client signs with the access key id in place of its secret; set the secret."));
        return variations;
    }

    private static Variation with(Failed failed, Secret secret, String sentence) {
        return new Variation(
                new Written.AsRequest(failed.request(), failed.signed(), secret), new Cause("SecretCopied", sentence));
    }
}
