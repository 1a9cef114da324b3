package io.countersign.gateway.demo;

import io.countersign.json.JsonText;
import java.util.List;

/** The demo data as a manifest. Its access keys have neither id nor secret there: applying it makes them. */
final class DemoManifest {
    private DemoManifest() {}

    /** @param storage where the buckets can be reached */
    static String text(DemoIdentityProvider provider, String storage) {
        return JsonText.object(manifest -> manifest.array(
                "accounts",
                accounts -> accounts.object(account -> account.put("id", DemoNames.ACCOUNT)
                        .array("users", DemoManifest::users)
                        .array("roles", roles -> roles.object(DemoManifest::role))
                        .array("oidcProviders", providers -> providers.object(json -> provider(json, provider)))
                        .array("buckets", buckets -> buckets(buckets, storage)))));
    }

    private static void users(JsonText.JsonArrayWriter users) {
        users.object(user -> user(user, DemoNames.SIGNER, List.of(DemoNames.PRIVATE_BUCKET + "/*")));
        users.object(user -> user(user, DemoNames.USER, List.of(DemoNames.PRIVATE_BUCKET + "/shared/*")));
    }

    private static void user(JsonText.JsonObjectWriter user, String name, List<String> objects) {
        user.put("name", name).array("accessKeys", keys -> keys.object(made -> {}));
        policies(user, objects);
    }

    /** Whoever signed in may read and write below a folder of their own name, and no more. */
    private static void role(JsonText.JsonObjectWriter role) {
        role.put("name", DemoNames.ROLE)
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
        policies(role, List.of(DemoNames.PRIVATE_BUCKET + "/users/${jwt:sub}/*"));
    }

    private static void policies(JsonText.JsonObjectWriter owner, List<String> objects) {
        owner.array(
                "policies",
                policies -> policies.object(policy -> policy.put("Version", "1")
                        .array(
                                "Statement",
                                statements -> statements.object(statement -> statement
                                        .put("Effect", "Allow")
                                        .put("Action", List.of("oss:GetObject", "oss:PutObject"))
                                        .put(
                                                "Resource",
                                                objects.stream()
                                                        .map(object -> "acs:oss:*:*:" + object)
                                                        .toList())))));
    }

    private static void provider(JsonText.JsonObjectWriter json, DemoIdentityProvider provider) {
        json.put("name", DemoNames.PROVIDER)
                .put("issuer", DemoNames.ISSUER)
                .put("clientIds", List.of(DemoNames.AUDIENCE))
                .object("jwks", jwks -> jwks.array("keys", keys -> keys.object(provider::publicKey)))
                .put("defaultRole", DemoNames.ROLE);
    }

    private static void buckets(JsonText.JsonArrayWriter buckets, String storage) {
        buckets.object(bucket -> bucket(bucket, DemoNames.PRIVATE_BUCKET, "private", storage)
                .array(
                        "objectAcls",
                        acls -> acls.object(
                                acl -> acl.put("key", DemoNames.READABLE_KEY).put("acl", "public-read"))));
        buckets.object(bucket -> bucket(bucket, DemoNames.PUBLIC_BUCKET, "public-read", storage));
    }

    private static JsonText.JsonObjectWriter bucket(
            JsonText.JsonObjectWriter bucket, String name, String acl, String storage) {
        return bucket.put("name", name)
                .put("region", DemoNames.REGION)
                .put("acl", acl)
                .put("signer", DemoNames.SIGNER)
                .put("endpoint", storage);
    }

    private static String providerArn() {
        return "acs:ram::" + DemoNames.ACCOUNT + ":oidc-provider/" + DemoNames.PROVIDER;
    }

    /** What the demo data is called. */
    static final class DemoNames {
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
        /** Who is signed in at the demo identity provider. */
        static final String SUBJECT = "ada";
        /** In the private bucket, with an ACL of its own. */
        static final String READABLE_KEY = "public/readme.txt";

        private DemoNames() {}
    }
}
