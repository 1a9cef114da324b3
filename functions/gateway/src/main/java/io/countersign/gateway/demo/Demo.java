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
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The data of one demo run: a manifest whose keys are generated for this run, and the example commands to print. */
public final class Demo {
    private final DemoIdentityProvider provider;

    public Demo(SecureRandom random) {
        this.provider = new DemoIdentityProvider(random);
    }

    /**
     * @param storage the URL of the stand-in storage or of the store port, which becomes the buckets' endpoint
     * @param store the store behind the buckets, in a demo with one
     */
    public String manifest(String storage, Optional<DemoStore> store) {
        return new DemoManifest(provider, storage, store).text();
    }

    /**
     * Returns the lines to print.
     *
     * @param gateway the URL of the gateway
     * @param storage the URL of the stand-in storage
     * @param tokens whether {@code /verify} requires a token of the operator's file
     * @param presign the endpoint at {@code /presign}
     * @param generated the keys that applying the manifest generated
     * @param now the time that the tokens and the presigned URL start from
     */
    public List<String> lines(
            String gateway,
            String storage,
            boolean tokens,
            Endpoint presign,
            List<ApplyReport.GeneratedKey> generated,
            Instant now) {
        String token = provider.token(now);
        return new DemoLines(gateway, storage, tokens, token, presigned(presign, token, now), user(generated)).all();
    }

    /**
     * Returns the lines to print for a demo with a store.
     *
     * @param storage the URL of the store port
     * @param tokens the endpoint at {@code /token}
     * @param data the directory of the registry
     * @param delay the longest delay of a revocation
     * @param launcher the command that starts this gateway's commands, as a shell reads it
     */
    public List<String> storeLines(
            String gateway,
            String storage,
            Endpoint tokens,
            List<ApplyReport.GeneratedKey> generated,
            Path data,
            Duration delay,
            String launcher,
            Instant now) {
        String token = provider.token(now);
        DemoUrls user = new DemoUrls(storage, user(generated), Optional.empty(), now);
        DemoUrls session = DemoUrls.ofSession(storage, tokens, token, now);
        return new StoreDemoLines(gateway, token, user, session, data, delay, launcher).all();
    }

    private static AccessKey user(List<ApplyReport.GeneratedKey> generated) {
        Owner wanted = new Owner.OfUser(DemoManifest.Names.ACCOUNT, DemoManifest.Names.USER);
        return generated.stream()
                .filter(key -> key.owner().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "applying the demo manifest did not generate a key for the demo user"))
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
            throw new IllegalStateException("/presign answered the demo with status " + reply.status(), e);
        }
    }
}
