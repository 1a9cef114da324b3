package io.countersign.signcontent;

import static io.countersign.identity.TestToken.NOW;

import java.util.List;

/** Strings and calls that are signed for Alice as they stand. */
public final class Victims {
    public static final List<String> V1 = List.of(
            SignContentCalls.v1("GET", "/examplebucket/users/alice/a b+c\u4e2d.txt"),
            SignContentCalls.v1("GET", "/examplebucket/users/alice/a?x-oss-process=image/resize,w_100"),
            SignContentCalls.v1("HEAD", "/examplebucket/users/alice/a"),
            "PUT\n1B2M2Y8AsgTpgAmY7PhCfg==\ntext/plain\n" + SignContentCalls.DATE
                    + "\nx-oss-meta-author:alice bob\nx-oss-meta-b:c\n/examplebucket/users/alice/a",
            "PUT\n\napplication/octet-stream\n" + SignContentCalls.DATE
                    + "\n/examplebucket/users/alice/a?partNumber=1&uploadId=UPID",
            SignContentCalls.v1("POST", "/examplebucket/users/alice/a?append&position=0"),
            SignContentCalls.v1("POST", "/examplebucket/users/alice/a?uploads"),
            SignContentCalls.v1(
                    "GET", "/examplebucket/users/alice/a?response-content-type=text/plain&response-expires=0"),
            "GET\n\n\n" + (NOW.getEpochSecond() + 600) + "\n/examplebucket/users/alice/a",
            "PUT\n\nimage/jpeg\n" + (NOW.getEpochSecond() + 600) + "\nx-oss-meta-a:b\n/examplebucket/users/alice/a");

    public static final List<Remote> REMOTE = List.of(
            Remote.v1(
                    "GET",
                    "examplebucket",
                    "users/alice/a",
                    SignContentCalls.v1("GET", "/examplebucket/users/alice/a")),
            v4("GET", "a b", ""),
            v4("GET", "a", ""),
            v4("PUT", "a", "", "content-type:image/jpeg"),
            v4("PUT", "a", "partNumber=1&uploadId=U%2F1", "content-md5:1B2M2Y8AsgTpgAmY7PhCfg=="),
            v4("POST", "a", "uploads", "content-type:application/octet-stream"),
            v4("GET", "a?acl", "response-content-disposition=x%26y"),
            v4("GET", "a", "").without("canonicalRequest"),
            v4("PUT", "a", "", "content-type:image/jpeg").without("canonicalRequest"),
            Remote.url("GET", "users/alice/a", 600),
            Remote.url("PUT", "users/alice/a", 600, NOW, "", "content-type:image/jpeg", "x-oss-meta-a:b"));

    private Victims() {}

    private static Remote v4(String method, String name, String query, String... headers) {
        String key = "users/alice/" + name;
        return Remote.v4(method, "examplebucket", key, Remote.canonicalRequest(method, key, query, headers))
                .with("accessKeyId", SignContentCalls.KEY_ID);
    }
}
