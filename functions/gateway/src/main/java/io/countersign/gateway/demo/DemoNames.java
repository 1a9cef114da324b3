package io.countersign.gateway.demo;

/** What the demo data is called. */
final class DemoNames {
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
