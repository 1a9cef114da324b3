package io.countersign.gateway.demo;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Endpoint;
import io.countersign.http.Header;
import io.countersign.http.Reply;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.registry.Owner;
import io.countersign.registry.manifest.ApplyReport;
import io.countersign.signing.AccessKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One run's demo data: a manifest with keys made for it, and what to print once it is served. */
public final class Demo {
    private final DemoIdentityProvider provider;

    public Demo(SecureRandom random) {
        this.provider = new DemoIdentityProvider(random);
    }

    /** @param storage where the buckets can be reached */
    public String manifest(String storage) {
        return DemoManifest.text(provider, storage);
    }

    /**
     * The lines to print.
     *
     * @param tokens whether {@code /verify} asks its callers for a token of the operator's
     * @param presign the face at {@code /presign}
     * @param made the keys that applying the manifest made
     */
    public List<String> lines(
            String gateway,
            String storage,
            boolean tokens,
            Endpoint presign,
            List<ApplyReport.GeneratedKey> made,
            Instant now) {
        String token = provider.token(now);
        return new DemoLines(gateway, storage, tokens, token, presigned(presign, token, now), user(made)).all();
    }

    private static AccessKey user(List<ApplyReport.GeneratedKey> made) {
        Owner wanted = new Owner.OfUser(DemoManifest.DemoNames.ACCOUNT, DemoManifest.DemoNames.USER);
        return made.stream()
                .filter(key -> key.owner().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("applying the demo manifest makes the user's key"))
                .accessKey();
    }

    private static String presigned(Endpoint presign, String token, Instant now) {
        Call call = new Call(
                "POST",
                "/presign",
                Optional.empty(),
                List.of(new Header("Authorization", "Bearer " + token), new Header("Content-Type", "application/json")),
                Bytes.utf8(DemoLines.presignBody(DemoLines.ownKey())),
                "127.0.0.1",
                false);
        Reply reply = presign.handle(call, now);
        try {
            return Members.of(Values.parse(reply.body().toArray())).string("url");
        } catch (InvalidDocumentException e) {
            throw new IllegalStateException("the demo's own presign answered " + reply.status(), e);
        }
    }
}
