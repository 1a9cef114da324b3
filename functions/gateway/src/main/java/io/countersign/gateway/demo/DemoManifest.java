package io.countersign.gateway.demo;

import io.countersign.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes the manifest of the demo. It contains access keys without id and secret, which are generated when the manifest is applied.
 *
 * @param storage the URL that becomes the buckets' endpoint
 * @param store the store behind the buckets, in a demo with one
 */
record DemoManifest(DemoIdentityProvider provider, String storage, Optional<DemoStore> store) {
    private static final List<String> OBJECT_ACTIONS = List.of("oss:GetObject", "oss:PutObject");
    private static final List<String> UPLOAD_ACTIONS =
            List.of("oss:DeleteObject", "oss:AbortMultipartUpload", "oss:ListParts");

    String text() {
        return JsonText.object(manifest -> manifest.array(
                "accounts",
                accounts -> accounts.object(account -> account.put("id", Names.ACCOUNT)
                        .array("users", this::users)
                        .array("roles", roles -> roles.object(this::role))
                        .array("oidcProviders", providers -> providers.object(this::provider))
                        .array("buckets", this::buckets))));
    }

    private void users(JsonText.ArrayWriter users) {
        users.object(user -> user(user, Names.SIGNER, List.of(Names.PRIVATE_BUCKET + "/*"), Optional.empty()));
        users.object(user -> user(
                user, Names.USER, List.of(Names.PRIVATE_BUCKET + "/" + Names.SHARED + "*"), Optional.of(Names.SHARED)));
    }

    private void user(JsonText.ObjectWriter user, String name, List<String> objects, Optional<String> listed) {
        user.put("name", name).array("accessKeys", keys -> keys.object(made -> {}));
        policies(user, objects, listed);
    }

    /** Allows signed-in users to read and write objects below a prefix that contains their own {@code sub}, and nothing else. */
    private void role(JsonText.ObjectWriter role) {
        role.put("name", Names.ROLE)
                .object(
                        "trust",
                        trust -> trust.put("Version", "1")
                                .array(
                                        "Statement",
                                        statements -> statements.object(statement -> statement
                                                .put("Effect", "Allow")
                                                .put("Action", "sts:AssumeRole")
                                                .object(
                                                        "Principal",
                                                        principal -> principal.put("Federated", providerArn())))));
        policies(role, List.of(Names.PRIVATE_BUCKET + "/users/${jwt:sub}/*"), Optional.empty());
    }

    /** @param listed a prefix of the private bucket that may be listed, which only a store answers */
    private void policies(JsonText.ObjectWriter owner, List<String> objects, Optional<String> listed) {
        List<String> actions = new ArrayList<>(OBJECT_ACTIONS);
        if (store.isPresent()) {
            actions.addAll(UPLOAD_ACTIONS);
        }
        owner.array(
                "policies",
                policies -> policies.object(policy -> policy.put("Version", "1").array("Statement", statements -> {
                    statements.object(statement -> statement
                            .put("Effect", "Allow")
                            .put("Action", actions)
                            .put(
                                    "Resource",
                                    objects.stream()
                                            .map(object -> "acs:oss:*:*:" + object)
                                            .toList()));
                    if (store.isPresent()) {
                        listed.ifPresent(prefix -> statements.object(statement -> list(statement, prefix)));
                    }
                })));
    }

    private static void list(JsonText.ObjectWriter statement, String prefix) {
        statement
                .put("Effect", "Allow")
                .put("Action", "oss:ListObjects")
                .put("Resource", "acs:oss:*:*:" + Names.PRIVATE_BUCKET)
                .object(
                        "Condition",
                        condition -> condition.object("StringLike", like -> like.put("oss:Prefix", prefix + "*")));
    }

    private void provider(JsonText.ObjectWriter json) {
        json.put("name", Names.PROVIDER)
                .put("issuer", Names.ISSUER)
                .put("clientIds", List.of(Names.AUDIENCE))
                .object("jwks", jwks -> jwks.array("keys", keys -> keys.object(provider::publicKey)))
                .put("defaultRole", Names.ROLE);
    }

    private void buckets(JsonText.ArrayWriter buckets) {
        buckets.object(bucket -> bucket(bucket, Names.PRIVATE_BUCKET, "private")
                .array(
                        "objectAcls",
                        acls -> acls.object(
                                acl -> acl.put("key", Names.READABLE_KEY).put("acl", "public-read"))));
        buckets.object(bucket -> bucket(bucket, Names.PUBLIC_BUCKET, "public-read"));
    }

    private JsonText.ObjectWriter bucket(JsonText.ObjectWriter bucket, String name, String acl) {
        bucket.put("name", name)
                .put("region", Names.REGION)
                .put("acl", acl)
                .put("signer", Names.SIGNER)
                .put("endpoint", storage);
        store.ifPresent(behind -> bucket.object("upstream", upstream -> behind.writeUpstream(name, upstream)));
        return bucket;
    }

    private static String providerArn() {
        return "acs:ram::" + Names.ACCOUNT + ":oidc-provider/" + Names.PROVIDER;
    }

    /** The names in the demo manifest. */
    static final class Names {
        static final String ACCOUNT = "1234567890123456";
        static final String REGION = "cn-hangzhou";
        static final String PRIVATE_BUCKET = "demo-private";
        static final String PUBLIC_BUCKET = "demo-public";
        static final String SIGNER = "demo-signer";
        static final String USER = "demo-user";
        static final String ROLE = "mobile-app";
        static final String PROVIDER = "demo-idp";
        static final String ISSUER = "https://demo-idp.example";
        static final String AUDIENCE = "demo-app";
        /** The {@code sub} of the user of the demo identity provider. */
        static final String SUBJECT = "ada";
        /** The prefix of the objects that the user may use. */
        static final String SHARED = "shared/";
        /** An object of the private bucket that has its own ACL. */
        static final String READABLE_KEY = "public/readme.txt";

        private Names() {}
    }
}
