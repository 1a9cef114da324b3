package io.countersign.policy;

import static io.countersign.policy.AuthorizerFixtures.BUCKET;
import static io.countersign.policy.AuthorizerFixtures.OWNER;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.Acl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The requests that a statement's resource and action match. */
class ScopeTest {
    private static final BucketFacts FACTS = AuthorizerFixtures.bucket(Acl.PRIVATE);

    private static boolean allowed(String resource, NeededRight right) {
        return AuthorizerFixtures.allows(
                AuthorizerFixtures.user(Documents.of(PolicyDocument.Kind.IDENTITY, Documents.allow("*", resource))),
                right);
    }

    private static boolean denied(String resource, NeededRight right) {
        PolicyDocument policy =
                Documents.of(PolicyDocument.Kind.IDENTITY, Documents.allow("*", "*"), Documents.deny("*", resource));
        return !AuthorizerFixtures.allows(AuthorizerFixtures.user(policy), right);
    }

    @ParameterizedTest
    @CsvSource({
        "*, true, true, true",
        "acs:oss:*:*:*, true, true, true",
        "acs:*:*:*:*, true, true, true",
        "acs:oss:*:" + OWNER + ":*, true, true, true",
        "acs:oss:*:1234*:*, true, true, true",
        "acs:oss:*:999:*, false, false, false",
        "acs:oss:*:*:examplebucket, false, true, false",
        "acs:oss:*:*:examplebucket/*, false, false, true",
        "acs:oss:*:*:examplebucket*, false, true, true",
        "acs:oss:*:*:examplebucket/a/b, false, false, true",
        "acs:oss:*:*:examplebucket/a, false, false, false",
        "acs:oss:cn-hangzhou:*:*, false, true, true",
        "acs:oss:oss-cn-hangzhou:*:*, false, true, true",
        "acs:oss:cn-*:*:*, false, true, true",
        "acs:oss:cn-beijing:*:*, false, false, false",
        "acs:ram:*:*:*, false, false, false",
    })
    void aResourceNamesTheServiceABucketOrObjects(String resource, boolean service, boolean bucket, boolean object) {
        assertThat(allowed(resource, AuthorizerFixtures.listBuckets())).isEqualTo(service);
        assertThat(denied(resource, AuthorizerFixtures.listBuckets())).isEqualTo(service);
        assertThat(allowed(resource, AuthorizerFixtures.list(FACTS))).isEqualTo(bucket);
        assertThat(denied(resource, AuthorizerFixtures.list(FACTS))).isEqualTo(bucket);
        assertThat(allowed(resource, AuthorizerFixtures.get(FACTS, "a/b"))).isEqualTo(object);
        assertThat(denied(resource, AuthorizerFixtures.get(FACTS, "a/b"))).isEqualTo(object);
    }

    @ParameterizedTest
    @CsvSource({
        "a/, acs:oss:*:*:examplebucket/*, true, true",
        "a/, acs:oss:*:*:examplebucket/a/*, true, true",
        "a/, acs:oss:*:*:examplebucket/a*, true, true",
        "a/, acs:oss:*:*:examplebucket/a/b/*, false, true",
        "a/, acs:oss:*:*:examplebucket/a/, false, true",
        "a/, acs:oss:*:*:examplebucket/*.jpg, false, true",
        "a/, acs:oss:*:*:examplebucket/b/*, false, false",
        "a/, acs:oss:*:*:examplebucket, false, false",
        "a/, acs:oss:cn-beijing:*:examplebucket/*, false, false",
        "'', acs:oss:*:*:examplebucket/*, true, true",
        "'', acs:oss:*:*:examplebucket/?*, true, true",
        "'', acs:oss:*:*:examplebucket/?, false, true",
        "'', acs:oss:*:*:examplebucket/a*, false, true",
        "'', acs:oss:*:*:examplebucket/, false, false",
        "'', *, true, true",
    })
    void anAllowMustContainThePrefixAndADenyNeedOnlyMeetIt(
            String prefix, String resource, boolean contains, boolean meets) {
        NeededRight right = AuthorizerFixtures.prefix("oss:PutObject", FACTS, prefix);
        assertThat(allowed(resource, right)).isEqualTo(contains);
        assertThat(denied(resource, right)).isEqualTo(meets);
    }

    @ParameterizedTest
    @CsvSource({
        "oss:PutObject, true",
        "oss:Put*, true",
        "oss:PutObjectAcl, false",
        "oss:Put*Acl, false",
        "oss:GetObject, false",
    })
    void limitsADenyOfAPrefixToItsActions(String action, boolean denies) {
        PolicyDocument policy = Documents.of(
                PolicyDocument.Kind.IDENTITY,
                Documents.allow("*", "*"),
                Documents.deny("oss:DeleteObject", "*"),
                Documents.deny(action, "acs:oss:*:*:examplebucket/a/b/*"));
        assertThat(!AuthorizerFixtures.allows(
                        AuthorizerFixtures.user(policy), AuthorizerFixtures.prefix("oss:PutObject", FACTS, "a/")))
                .isEqualTo(denies);
    }

    @Test
    void findsADenyOfEverythingNextToAWiderOne() {
        PolicyDocument policy = Documents.of(
                PolicyDocument.Kind.IDENTITY,
                Documents.allow("*", "*"),
                Documents.deny("*", "acs:oss:*:*:examplebucket/a/b"),
                Documents.deny("oss:PutObject", "*"));
        assertThat(AuthorizerFixtures.allows(
                        AuthorizerFixtures.user(policy), AuthorizerFixtures.prefix("oss:PutObject", FACTS, "a/b/")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "a/, examplebucket/b/*, true, true",
        "a/, examplebucket/a/b/*, false, true",
        "a/, examplebucket/a/*, false, false",
    })
    void notResourceIsTheReverse(String prefix, String path, boolean allows, boolean denies) {
        NeededRight right = AuthorizerFixtures.prefix("oss:PutObject", FACTS, prefix);
        String rest = ",'Action':'*','NotResource':'acs:oss:*:*:" + path + "'}";
        PolicyDocument allow = Documents.of(PolicyDocument.Kind.IDENTITY, "{'Effect':'Allow'" + rest);
        PolicyDocument deny =
                Documents.of(PolicyDocument.Kind.IDENTITY, Documents.allow("*", "*"), "{'Effect':'Deny'" + rest);
        assertThat(AuthorizerFixtures.allows(AuthorizerFixtures.user(allow), right))
                .isEqualTo(allows);
        assertThat(!AuthorizerFixtures.allows(AuthorizerFixtures.user(deny), right))
                .isEqualTo(denies);
    }

    @ParameterizedTest
    @CsvSource({
        "Action, *, true",
        "Action, oss:*, true",
        "Action, oss:GetObject, true",
        "Action, OSS:getobject, true",
        "Action, oss:Get*, true",
        "Action, oss:?etObject, true",
        "Action, oss:azAZ09, false",
        "Action, oss:Get*Acl, false",
        "Action, oss:GetObjectAcl, false",
        "Action, sts:*, false",
        "NotAction, oss:PutObject, true",
        "NotAction, oss:get*, false",
        "NotAction, sts:*, true",
    })
    void actionsMatchInAnyCase(String member, String action, boolean matches) {
        PolicyDocument policy = Documents.of(
                PolicyDocument.Kind.IDENTITY, "{'Effect':'Allow','" + member + "':'" + action + "','Resource':'*'}");
        assertThat(AuthorizerFixtures.allows(AuthorizerFixtures.user(policy), AuthorizerFixtures.get(FACTS, "k")))
                .isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "acs:oss:*:*:" + BUCKET + "/a:b:c, true",
        "acs:oss:*:*:" + BUCKET + "/a:*, true",
        "acs:oss:*:*:*:c, true",
        "acs:oss:*:" + OWNER + ":*:d, false",
        "acs:oss:*:*" + OWNER + ":" + BUCKET + "/a:b:c, true",
    })
    void aStarStaysInItsPartAndKeysMayHoldColons(String resource, boolean matches) {
        assertThat(allowed(resource, AuthorizerFixtures.get(FACTS, "a:b:c"))).isEqualTo(matches);
    }
}
