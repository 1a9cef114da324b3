package io.countersign.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.Acl;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The trace names the keys that were unknown where that decided, and no others. */
class UnknownKeysTest {
    private static final String TWO_TAGS =
            ",'Condition':{'StringEquals':{'oss:ExistingObjectTag/a':'1','oss:BucketTag/b':'2'},'Bool':{'acs:MFAPresent':false}}";
    private static final Conditions NO_FACTOR =
            Conditions.builder().mfaPresent(false).build();

    private static List<String> details(Principal principal, BucketFacts bucket, Conditions conditions) {
        return details(principal, AuthorizerFixtures.get(bucket, "k"), conditions);
    }

    private static List<String> details(Principal principal, NeededRight right, Conditions conditions) {
        return Authorizer.decide(principal, List.of(right), conditions).trace().stream()
                .map(TraceStep::detail)
                .toList();
    }

    @Test
    void aDenyThatBitBecauseOfThem() {
        PolicyDocument policy = Documents.of(
                PolicyDocument.Kind.IDENTITY,
                Documents.allow("*", "*"),
                Documents.statement("Deny", "*", "*", TWO_TAGS));
        BucketFacts bucket = AuthorizerFixtures.bucket(Acl.PRIVATE);
        assertThat(details(AuthorizerFixtures.user(policy), bucket, NO_FACTOR))
                .containsExactly("Statement[1] of RAM policy 0 denies oss:GetObject on examplebucket/k"
                        + " (unknown: oss:ExistingObjectTag/a, oss:BucketTag/b)");
        assertThat(details(AuthorizerFixtures.user(policy), bucket, Conditions.NONE))
                .containsExactly("Statement[1] of RAM policy 0 denies oss:GetObject on examplebucket/k"
                        + " (unknown: oss:ExistingObjectTag/a, oss:BucketTag/b, acs:MFAPresent)");
    }

    @Test
    void aDenyThatBitWithoutThemNamesNone() {
        PolicyDocument policy =
                Documents.of(PolicyDocument.Kind.IDENTITY, Documents.statement("Deny", "*", "*", TWO_TAGS));
        PlaceTags told = new PlaceTags(PlaceTags.Tags.of(Map.of("b", "2")), PlaceTags.Tags.of(Map.of("a", "1")));
        NeededRight right = AuthorizerFixtures.get(AuthorizerFixtures.bucket(Acl.PRIVATE), "k")
                .with(told);
        assertThat(details(AuthorizerFixtures.user(policy), right, NO_FACTOR))
                .containsExactly("Statement[0] of RAM policy 0 denies oss:GetObject on examplebucket/k");
    }

    @Test
    void allowsThatMissedBecauseOfThemInEachPolicy() {
        String allow = Documents.statement("Allow", "*", "*", TWO_TAGS);
        BucketFacts bucket = AuthorizerFixtures.bucket(
                Acl.PRIVATE,
                Documents.of(
                        PolicyDocument.Kind.BUCKET,
                        Documents.statement(
                                "Allow",
                                "*",
                                "*",
                                ",'Principal':'*','Condition':{'IpAddress':{'acs:SourceIp':'192.0.2.1'}}")));
        PolicyDocument other = Documents.of(
                PolicyDocument.Kind.IDENTITY,
                allow,
                Documents.statement("Allow", "oss:PutObject", "*", ",'Condition':{'StringLike':{'acs:UserAgent':'*'}}"),
                Documents.statement(
                        "Allow", "*", "*", ",'Condition':{'Bool':{'acs:MFAPresent':true,'acs:SecureTransport':true}}"));
        assertThat(details(AuthorizerFixtures.user(other), bucket, NO_FACTOR))
                .containsExactly(
                        "no RAM policy allows oss:GetObject on examplebucket/k"
                                + " (unknown: oss:ExistingObjectTag/a, oss:BucketTag/b)",
                        "no statement of the bucket policy allows oss:GetObject on examplebucket/k (unknown: acs:SourceIp)",
                        "the bucket's ACL private does not open oss:GetObject on examplebucket/k");
        Principal session = AuthorizerFixtures.session(
                Documents.of(PolicyDocument.Kind.ROLE, Documents.allow("*", "*")),
                Documents.of(PolicyDocument.Kind.SESSION, allow));
        assertThat(details(session, bucket, NO_FACTOR))
                .containsExactly("the session policy does not allow oss:GetObject on examplebucket/k"
                        + " (unknown: oss:ExistingObjectTag/a, oss:BucketTag/b)");
    }

    @Test
    void aValueThatCannotBeReadIsUnknownToo() {
        PolicyDocument policy = Documents.of(
                PolicyDocument.Kind.IDENTITY,
                Documents.statement(
                        "Deny", "*", "*", ",'Condition':{'NumericLessThan':{'oss:ExistingObjectTag/a':3}}"));
        NeededRight right = AuthorizerFixtures.get(AuthorizerFixtures.bucket(Acl.PRIVATE), "k")
                .with(new PlaceTags(PlaceTags.Tags.NONE, PlaceTags.Tags.of(Map.of("a", "one"))));
        assertThat(details(AuthorizerFixtures.user(policy), right, Conditions.NONE))
                .containsExactly("Statement[0] of RAM policy 0 denies oss:GetObject on examplebucket/k"
                        + " (unknown: oss:ExistingObjectTag/a)");
    }

    @Test
    void ofMoreThanTenTheFirstTenEachOnce() {
        String tags = IntStream.range(0, 12)
                .mapToObj(i -> "'oss:BucketTag/" + i + "':'a'")
                .collect(Collectors.joining(","));
        PolicyDocument policy = Documents.of(
                PolicyDocument.Kind.IDENTITY,
                Documents.statement(
                        "Deny", "*", "*", ",'Condition':{'StringEquals':{" + tags + "},'StringLike':{" + tags + "}}"));
        String expected =
                IntStream.range(0, 10).mapToObj(i -> "oss:BucketTag/" + i).collect(Collectors.joining(", "));
        assertThat(details(AuthorizerFixtures.user(policy), AuthorizerFixtures.bucket(Acl.PRIVATE), Conditions.NONE))
                .containsExactly("Statement[0] of RAM policy 0 denies oss:GetObject on examplebucket/k (unknown: "
                        + expected + ")");
    }

    @Test
    void tagsAreThoseOfThePlaceWhereTheRightIsNeeded() {
        PolicyDocument policy = Documents.of(
                PolicyDocument.Kind.IDENTITY,
                Documents.allow("*", "*"),
                Documents.statement(
                        "Deny",
                        "oss:GetObject",
                        "*",
                        ",'Condition':{'StringEquals':{'oss:ExistingObjectTag/secret':'yes'}}"));
        BucketFacts bucket = AuthorizerFixtures.bucket(Acl.PRIVATE);
        PlaceTags open = new PlaceTags(PlaceTags.Tags.NONE, PlaceTags.Tags.NONE);
        NeededRight target =
                AuthorizerFixtures.put(bucket, "copy", Optional.empty()).with(open);
        NeededRight source = AuthorizerFixtures.get(bucket, "k");
        assertThat(AuthorizerFixtures.allows(AuthorizerFixtures.user(policy), target, source.with(open)))
                .isTrue();
        assertThat(AuthorizerFixtures.allows(AuthorizerFixtures.user(policy), target, source))
                .isFalse();
    }
}
