package io.countersign.gateway.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The manifest of the end-to-end tests, {@code manifest.yaml}, and the names in it. */
public final class GuardedStorageManifest {
    public static final String PRIVATE = "examplebucket";
    public static final String PUBLIC = "publicbucket";
    public static final String POSTBOX = "postbox";
    public static final String FOREIGN = "foreignbucket";
    public static final List<String> BUCKETS = List.of(PRIVATE, PUBLIC, POSTBOX, FOREIGN);

    private GuardedStorageManifest() {}

    /**
     * The manifest, complete.
     *
     * @param endpoint the storage's
     * @param jwks the login's
     * @param app the origin of the app's pages
     */
    public static String of(String endpoint, String jwks, String app) throws IOException {
        try (var in = GuardedStorageManifest.class.getResourceAsStream("manifest.yaml")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, Login> login : Map.of(
                            "ACCOUNT", Login.ACCOUNT,
                            "SIGNER", Login.SIGNER,
                            "ALICE", Login.ALICE,
                            "APP_SERVER", Login.APP_SERVER,
                            "SLEEPER", Login.SLEEPER,
                            "STRANGER", Login.STRANGER)
                    .entrySet()) {
                text = text.replace(
                        "<" + login.getKey() + ">",
                        "id: " + login.getValue().id() + ", secret: \""
                                + login.getValue().secret() + "\"");
            }
            return text.replace("<ENDPOINT>", endpoint).replace("<JWKS>", jwks).replace("<APP>", app);
        }
    }
}
