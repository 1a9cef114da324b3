package io.countersign.gateway.demo;

import io.countersign.json.JsonText;
import java.util.List;

/** Writes the manifest of the demo. It contains access keys without id and secret, which are generated when the manifest is applied. */
final class DemoManifest {
    private DemoManifest() {}

    /** @param storage the URL that becomes the buckets' endpoint */
    static String text(DemoIdentityProvider provider, String storage) {
        return JsonText.object(manifest -> manifest.array(
                "accounts",
                accounts -> accounts.object(account -> account.put("id", Names.ACCOUNT)
                        .array("users", DemoManifest::users)
                        .array("roles", roles -> roles.object(DemoManifest::role))
                        .array("oidcProviders", providers -> providers.object(json -> provider(json, provider)))
                        .array("buckets", buckets -> buckets(buckets, storage)))));
    }

    private static void users(JsonText.ArrayWriter users) {
        users.object(user -> user(user, Names.SIGNER, List.of(Names.PRIVATE_BUCKET + "/*")));
        users.object(user -> user(user, Names.USER, List.of(Names.PRIVATE_BUCKET + "/shared/*")));
    }

    private static void user(JsonText.ObjectWriter user, String name, List<String> objects) {
        user.put("name", name).array("accessKeys", keys -> keys.object(made -> {}));
        policies(user, objects);
    }

    /** Allows signed-in users to read and write objects below a prefix that contains their own {@code sub}, and nothing else. */
    private static void role(JsonText.ObjectWriter role) {
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
        policies(role, List.of(Names.PRIVATE_BUCKET + "/users/${jwt:sub}/*"));
    }

    private static void policies(JsonText.ObjectWriter owner, List<String> objects) {
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

    private static void provider(JsonText.ObjectWriter json, DemoIdentityProvider provider) {
        json.put("name", Names.PROVIDER)
                .put("issuer", Names.ISSUER)
                .put("clientIds", List.of(Names.AUDIENCE))
                .object("jwks", jwks -> jwks.array("keys", keys -> keys.object(provider::publicKey)))
                .put("defaultRole", Names.ROLE);
    }

    private static void buckets(JsonText.ArrayWriter buckets, String storage) {
        buckets.object(bucket -> bucket(bucket, Names.PRIVATE_BUCKET, "private", storage)
                .array(
                        "objectAcls",
                        acls -> acls.object(
                                acl -> acl.put("key", Names.READABLE_KEY).put("acl", "public-read"))));
        buckets.object(bucket -> bucket(bucket, Names.PUBLIC_BUCKET, "public-read", storage));
    }

    private static JsonText.ObjectWriter bucket(JsonText.ObjectWriter bucket, String name, String acl, String storage) {
        return bucket.put("name", name)
                .put("region", Names.REGION)
                .put("acl", acl)
                .put("signer", Names.SIGNER)
                .put("endpoint", storage);
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
        /** An object of the private bucket that has its own ACL. */
        static final String READABLE_KEY = "public/readme.txt";

        private Names() {}
    }
}
