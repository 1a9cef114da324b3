package io.countersign.policy;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Generated documents that use every form of every element, of few names, so that statements meet one another and the requests. */
final class StatementTexts {
    static final List<String> KEYS = List.of(
            "a",
            "a/",
            "a/1",
            "a/12",
            "a/b/1",
            "a/b/c/1",
            "b",
            "b/1",
            "ab",
            "*",
            "a*",
            "\ud83d\ude00",
            "\ud83d",
            "a/\ud83d\ude00x");

    private static final Arbitrary<String> ACTION = Arbitraries.of(
            "*",
            "oss:*",
            "oss:Get*",
            "oss:Get?bject",
            "oss:GetObject",
            "oss:GetObjectAcl",
            "oss:GetObject*",
            "OSS:putobject",
            "oss:Put*",
            "oss:List*",
            "oss:ListBuckets",
            "oss:ListObjects",
            "oss:*Object",
            "oss:DeleteObject",
            "oss:AbortMultipartUpload");
    private static final Arbitrary<String> PATH = Arbitraries.of(
            "*",
            "?*",
            "examplebucket",
            "examplebucket*",
            "examplebucket/*",
            "examplebucket/?*",
            "examplebucket/a",
            "examplebucket/a/",
            "examplebucket/a/*",
            "examplebucket/a/?*",
            "examplebucket/a/1",
            "examplebucket/a/1*",
            "examplebucket/a/b/*",
            "examplebucket/a/b/c/1",
            "examplebucket/?/*",
            "examplebucket/*/1",
            "examplebucket/\ud83d\ude00*",
            "examplebucket/\ud83d\ude01*",
            "otherbucket/*",
            "*1",
            "examplebucket/${jwt:sub}",
            "examplebucket/${jwt:sub}/*",
            "examplebucket/a/${jwt:sub}*",
            "${jwt:bucket}/a/*");
    private static final Arbitrary<String> RESOURCE = Combinators.combine(
                    Arbitraries.of(
                            "acs:oss:*:*:",
                            "acs:oss:*:*:",
                            "acs:*:*:*:",
                            "*:oss:cn-hangzhou:" + AuthorizerFixtures.OWNER + ":",
                            "acs:oss:oss-cn-*:*:",
                            "acs:oss:cn-beijing:*:",
                            "acs:oss:*:${jwt:account}:"),
                    PATH)
            .as((place, path) -> place + path);
    private static final Arbitrary<String> PRINCIPAL = Arbitraries.of(
            "'*'",
            "['" + AuthorizerFixtures.OTHER + "','" + AuthorizerFixtures.OWNER + "']",
            "'acs:ram::" + AuthorizerFixtures.OWNER + ":user/al*'",
            "'acs:ram::" + AuthorizerFixtures.OWNER + ":role/mobile-app'",
            "'arn:sts::*:*/*/phone-?'");
    private static final Arbitrary<String> CONDITION = Arbitraries.of(
            "",
            "",
            "",
            ",'Condition':{}",
            ",'Condition':{'IpAddress':{'acs:SourceIp':'192.0.2.0/24'}}",
            ",'Condition':{'NotIpAddress':{'acs:SourceIp':['192.0.2.0/24','2001:db8::/32']}}",
            ",'Condition':{'StringLike':{'acs:PrincipalARN':'acs:ram::*:role/*'}}",
            ",'Condition':{'StringNotEquals':{'acs:UserAgent':'app-${jwt:sub}'},'Bool':{'acs:SecureTransport':true}}",
            ",'Condition':{'DateLessThan':{'acs:CurrentTime':'2026-11-22T02:00:00Z'}}",
            ",'Condition':{'StringNotLike':{'acs:SourceVpc':'vpc-*'}}",
            ",'Condition':{'StringEquals':{'oss:ExistingObjectTag/a':'1','oss:BucketTag/a':['1','2']}}",
            ",'Condition':{'NumericLessThan':{'oss:RequestObjectTag/a':2},'DateNotEquals':{'oss:ExistingObjectTag/a':'2026-11-22T02:00:00Z'}}");

    private StatementTexts() {}

    /** Documents of up to 30 statements; of a role's, the claims are filled in or absent. */
    static Arbitrary<PolicyDocument> documents(PolicyDocument.Kind kind) {
        Arbitrary<Map<String, String>> claims = Arbitraries.of(
                Map.of(),
                Map.of("sub", "a"),
                Map.of("sub", "b", "bucket", AuthorizerFixtures.BUCKET, "account", AuthorizerFixtures.OWNER));
        return Combinators.combine(statements(), claims).as((statements, values) -> document(kind, statements, values));
    }

    static Arbitrary<Conditions> conditions() {
        return Combinators.combine(
                        state("192.0.2.1", "198.51.100.1", "10.1.1.1", "2001:db8::1", "unknown"),
                        state("app-a", "app-b"),
                        state("true", "false"),
                        state("2026-11-22T01:00:00Z", "2026-11-22T03:00:00Z"),
                        state("vpc-a", "other"),
                        tags())
                .as((ip, agent, secure, time, vpc, tags) -> Conditions.builder()
                        .tell(ConditionKey.SOURCE_IP, ip)
                        .tell(ConditionKey.USER_AGENT, agent)
                        .tell(ConditionKey.SECURE_TRANSPORT, secure)
                        .tell(ConditionKey.CURRENT_TIME, time)
                        .tell(ConditionKey.SOURCE_VPC, vpc)
                        .requestObjectTags(tags)
                        .build());
    }

    /** One of these values, absent or unknown. */
    static Arbitrary<KeyState> state(String... values) {
        return Arbitraries.oneOf(
                Arbitraries.of(values).map(KeyState.Told::new), Arbitraries.of(KeyState.absent(), KeyState.unknown()));
    }

    static Arbitrary<PlaceTags> placeTags() {
        return Combinators.combine(tags(), tags()).as(PlaceTags::new);
    }

    private static Arbitrary<PlaceTags.Tags> tags() {
        return Arbitraries.of(
                PlaceTags.Tags.UNKNOWN,
                PlaceTags.Tags.NONE,
                PlaceTags.Tags.of(Map.of("a", "1")),
                PlaceTags.Tags.of(Map.of("a", "2026-11-22T02:00:00Z")),
                PlaceTags.Tags.of(Map.of("b", "1")));
    }

    private static PolicyDocument document(
            PolicyDocument.Kind kind, List<String> statements, Map<String, String> claims) {
        String[] texts = statements.stream()
                .map(text -> kind == PolicyDocument.Kind.BUCKET
                        ? text
                        : text.replaceFirst(",'Principal':('[^']*'|\\[[^]]*])", ""))
                .map(text -> kind == PolicyDocument.Kind.ROLE ? text : closed(text))
                .toArray(String[]::new);
        try {
            return Documents.of(kind, texts).filled(claims);
        } catch (IllFormedClaimException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String closed(String text) {
        return text.replace("${jwt:sub}", "a")
                .replace("${jwt:bucket}", AuthorizerFixtures.BUCKET)
                .replace("${jwt:account}", AuthorizerFixtures.OWNER);
    }

    private static Arbitrary<List<String>> statements() {
        Arbitrary<List<String>> few = statement().list().ofMinSize(1).ofMaxSize(4);
        Arbitrary<List<String>> many = statement().list().ofMinSize(5).ofMaxSize(30);
        return Arbitraries.oneOf(few, many);
    }

    private static Arbitrary<String> statement() {
        return Combinators.combine(
                        Arbitraries.of("Allow", "Allow", "Deny"),
                        Arbitraries.of("Action", "Action", "Action", "NotAction"),
                        several(ACTION, 12),
                        Arbitraries.of("Resource", "Resource", "Resource", "NotResource"),
                        several(
                                Arbitraries.frequencyOf(
                                        net.jqwik.api.Tuple.of(20, RESOURCE),
                                        net.jqwik.api.Tuple.of(1, Arbitraries.just("*")),
                                        net.jqwik.api.Tuple.of(1, Arbitraries.just("acs:oss:*:*:examplebucket/c/*"))),
                                4),
                        PRINCIPAL,
                        CONDITION)
                .as((effect, action, actions, resource, resources, principal, condition) ->
                        "{'Effect':'" + effect + "','" + action + "':" + actions + ",'" + resource + "':" + resources
                                + ",'Principal':" + principal + condition + "}");
    }

    private static Arbitrary<String> several(Arbitrary<String> entries, int most) {
        Arbitrary<List<String>> several = Arbitraries.oneOf(
                entries.list().ofSize(1),
                entries.list().ofSize(1),
                entries.list().ofMinSize(1).ofMaxSize(most));
        return several.map(list -> "['" + String.join("','", list) + "']");
    }
}
