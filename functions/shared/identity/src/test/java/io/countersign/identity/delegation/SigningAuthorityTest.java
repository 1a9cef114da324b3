package io.countersign.identity.delegation;

import static io.countersign.identity.TestRegistry.ACCOUNT;
import static io.countersign.identity.TestRegistry.OTHER_ACCOUNT;
import static io.countersign.identity.TestRegistry.policy;
import static io.countersign.identity.TestToken.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.http.Client;
import io.countersign.identity.BearerAuthenticator;
import io.countersign.identity.Caller;
import io.countersign.identity.ClientContext;
import io.countersign.identity.TestClientContext;
import io.countersign.identity.TestJwks;
import io.countersign.identity.TestKeys;
import io.countersign.identity.TestRegistry;
import io.countersign.identity.TestToken;
import io.countersign.identity.limits.SubjectLimits;
import io.countersign.json.Value;
import io.countersign.oss.OssRequest;
import io.countersign.policy.KeyState;
import io.countersign.policy.StepBudget;
import io.countersign.registry.Bucket;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.ReadAhead;
import io.countersign.registry.RoleFaces;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.testkit.Seeds;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SigningAuthorityTest {
    private static final String ANYTHING = policy("Allow", "oss:*", "*");
    private static final String OWN_FOLDER = policy("Allow", "oss:*", "acs:oss:*:*:examplebucket/users/${jwt:sub}/*");
    private static final ClientContext CLIENT = TestClientContext.CLIENT;
    private static final SigningTable TABLE = new SigningTable(SigningOptions.DEFAULT);

    private static TestRegistry registry(String... policies) {
        return TestRegistry.with(policies)
                .bucket("examplebucket")
                .signer("LTAI5tSigner", "signer-secret", KeyStatus.ACTIVE);
    }

    private static SigningPermit permit(TestRegistry registry, OssRequest request, ClientContext asker)
            throws Exception {
        return permit(registry, request, asker, Optional.empty());
    }

    private static SigningPermit permit(
            TestRegistry registry, OssRequest request, ClientContext asker, Optional<Value> sessionPolicy)
            throws Exception {
        KeyRegistry keys = registry.registry();
        String token = TestToken.good("ES256", "ec").signed(TestKeys.EC, "ES256");
        Caller caller = new BearerAuthenticator(keys)
                .authenticate(
                        token, RoleFaces.Face.TOKEN, Optional.empty(), sessionPolicy, CLIENT, ReadAhead.NOTHING, NOW);
        SigningAuthority authority = new SigningAuthority(keys, new SubjectLimits(Seeds.secure()));
        SignableRequest signable = TABLE.admit(request);
        return authority.permit(
                caller, signable, authority.load(signable.buckets(), NOW), asker, StepBudget.ofRequest(), NOW);
    }

    private static void isDenied(TestRegistry registry, OssRequest request, String reason) {
        isDenied(registry, request, CLIENT, reason);
    }

    private static void isDenied(TestRegistry registry, OssRequest request, ClientContext asker, String reason) {
        assertThatThrownBy(() -> permit(registry, request, asker))
                .isInstanceOf(SigningRefusal.class)
                .hasMessageStartingWith("AccessDenied")
                .hasMessageContaining(reason);
    }

    @Test
    void anAllowedRequestIsPermittedWithTheBucketsSigner() throws Exception {
        SigningPermit permit = permit(registry(OWN_FOLDER), OssRequests.put("users/alice/a.jpg", ""), CLIENT);
        assertThat(permit.bucket().name()).isEqualTo("examplebucket");
        assertThat(permit.signerId()).isEqualTo("LTAI5tSigner");
    }

    @Test
    void ofManyBucketsOnlySomeAreReadForACallerWhoIsNotKnownYet() {
        Set<String> many =
                IntStream.range(0, 1_000).mapToObj(i -> "bucket-" + i).collect(Collectors.toSet());
        assertThat(SigningAuthority.names(many)).hasSize(10);
        assertThat(SigningAuthority.names(Set.of("examplebucket")))
                .containsExactly(new ReadAhead.Hint.OfSigner("examplebucket"));
    }

    @Test
    void anothersFolderIsDenied() {
        isDenied(registry(OWN_FOLDER), OssRequests.put("users/bob/a.jpg", ""), "no policy of the role or the bucket");
        isDenied(registry(OWN_FOLDER), OssRequests.put("users/alice2/a.jpg", ""), "oss:PutObject on this object");
    }

    @Test
    void anExplicitDenyIsNamedAndNotQuoted() {
        TestRegistry registry =
                registry(ANYTHING, policy("Deny", "oss:PutObject", "acs:oss:*:*:examplebucket/secret/*"));
        isDenied(registry, OssRequests.put("secret/a", ""), "denies it explicitly");
        assertThatThrownBy(() -> permit(registry, OssRequests.put("secret/a", ""), CLIENT))
                .message()
                .doesNotContain("secret/*")
                .doesNotContain("Statement");
    }

    @Test
    void aSessionPolicyNarrows() {
        Value narrow = TestJwks.value(policy("Allow", "oss:GetObject", "acs:oss:*:*:examplebucket/a"));
        assertThatThrownBy(() -> permit(registry(ANYTHING), OssRequests.get("b", ""), CLIENT, Optional.of(narrow)))
                .hasMessageContaining("session policy");
    }

    @Test
    void aBucketOfAnotherAccountIsDeniedWhateverThePoliciesSay() {
        String openToAll =
                "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"oss:*\",\"Principal\":[\"*\"],"
                        + "\"Resource\":[\"acs:oss:*:*:otherbucket/*\"]}]}";
        TestRegistry registry = registry(ANYTHING)
                .bucket(TestRegistry.bucket(
                        "otherbucket", OTHER_ACCOUNT, Bucket.DEFAULT_ENDPOINT, List.of(), Optional.of(openToAll)));
        OssRequest request = OssRequests.request(
                io.countersign.oss.HttpMethod.GET, io.countersign.oss.Target.object("otherbucket", "k"), "");
        isDenied(registry, request, "does not belong to the account");
    }

    @Test
    void anUnknownBucketIsDeniedInTheSameWords() {
        OssRequest request = OssRequests.request(
                io.countersign.oss.HttpMethod.GET, io.countersign.oss.Target.object("nobodys-bucket", "k"), "");
        isDenied(registry(ANYTHING), request, "does not belong to the account");
    }

    @Test
    void aCopySourceOfAnotherAccountIsDeniedWhateverThePoliciesSay() {
        TestRegistry registry = registry(ANYTHING)
                .bucket(TestRegistry.bucket(
                        "otherbucket", OTHER_ACCOUNT, Bucket.DEFAULT_ENDPOINT, List.of(), Optional.empty()));
        isDenied(registry, OssRequests.put("k", "", "x-oss-copy-source: /otherbucket/k"), "does not belong");
        isDenied(registry, OssRequests.put("k", "", "x-oss-copy-source: /nobodys-bucket/k"), "does not belong");
    }

    @ParameterizedTest
    @CsvSource({
        "x-oss-object-acl: public-read,oss:PutObjectAcl",
        "x-oss-tagging: a=b,oss:PutObjectTagging",
        "x-oss-copy-source: /examplebucket/private/k,oss:GetObject"
    })
    void aHeaderNeedsItsFurtherRight(String header, String action) throws Exception {
        String writeOnly = policy("Allow", "oss:PutObject", "acs:oss:*:*:examplebucket/*");
        isDenied(registry(writeOnly), OssRequests.put("k", "", header), action);
        String both = policy("Allow", action, "acs:oss:*:*:examplebucket/*");
        assertThat(permit(registry(writeOnly, both), OssRequests.put("k", "", header), CLIENT)
                        .signerId())
                .isEqualTo("LTAI5tSigner");
    }

    @Test
    void aFurtherObjectIsNamedAsSuch() {
        isDenied(
                registry(OWN_FOLDER),
                OssRequests.put("users/alice/a", "", "x-oss-copy-source: /examplebucket/users/bob/a"),
                "a further object");
    }

    @Test
    void theClientsAddressAndTransportAreJudged() throws Exception {
        String inside =
                "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"oss:*\",\"Resource\":\"*\","
                        + "\"Condition\":{\"IpAddress\":{\"acs:SourceIp\":\"203.0.113.0/24\"},\"Bool\":{\"acs:SecureTransport\":\"true\"},"
                        + "\"StringLike\":{\"acs:UserAgent\":\"app/*\"},\"DateLessThan\":{\"acs:CurrentTime\":\"2026-11-22T08:00:01Z\"}}}]}";
        TestRegistry registry = registry(inside);
        OssRequest request = OssRequests.get("k", "");
        assertThat(permit(registry, request, CLIENT).bucket().name()).isEqualTo("examplebucket");
        isDenied(
                registry,
                request,
                new ClientContext(Client.direct("198.51.100.1", true), CLIENT.userAgent()),
                "no policy");
        isDenied(
                registry,
                request,
                new ClientContext(Client.direct("203.0.113.7", false), CLIENT.userAgent()),
                "no policy");
        isDenied(
                registry,
                request,
                new ClientContext(Client.direct("203.0.113.7", true), new KeyState.Told("other")),
                "no policy");
        isDenied(
                registry,
                request,
                new ClientContext(Client.direct("203.0.113.7", true), KeyState.absent()),
                "no policy");
        isDenied(
                registry,
                request,
                new ClientContext(Client.direct("203.0.113.7", true), KeyState.unknown()),
                "no policy");
        isDenied(registry, request, new ClientContext(Client.UNKNOWN, CLIENT.userAgent()), "no policy");
    }

    @Test
    void theAclThatIsAskedForCanBeJudged() throws Exception {
        String noPublic =
                "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"oss:PutObjectAcl\",\"Resource\":\"*\","
                        + "\"Condition\":{\"StringEquals\":{\"oss:x-oss-object-acl\":\"public-read\"}}}]}";
        TestRegistry registry = registry(ANYTHING, noPublic);
        isDenied(registry, OssRequests.put("k", "", "x-oss-object-acl: public-read"), "explicitly");
        assertThat(permit(registry, OssRequests.put("k", "", "x-oss-object-acl: private"), CLIENT)
                        .signerId())
                .isEqualTo("LTAI5tSigner");
    }

    private static String deny(String action, String condition) {
        return "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"" + action
                + "\",\"Resource\":\"*\",\"Condition\":" + condition.replace('\'', '"') + "}]}";
    }

    @Test
    void appliesADenyByTagsThatAreUnknown() {
        for (String family : List.of("oss:ExistingObjectTag/", "oss:BucketTag/", "acs:ResourceTag/")) {
            String tags = "{'StringEquals':{'" + family + "status':'ok','" + family + "key1':'value1'}}";
            isDenied(registry(ANYTHING, deny("oss:GetObject", tags)), OssRequests.get("k", ""), "explicitly");
        }
    }

    @Test
    void tagsOfTheRequestAreThoseThatAreSigned() throws Exception {
        String noSecrets = deny("oss:PutObject*", "{'StringEquals':{'oss:RequestObjectTag/level':'secret'}}");
        TestRegistry registry = registry(ANYTHING, noSecrets);
        assertThat(permit(registry, OssRequests.put("k", ""), CLIENT).bucket().name())
                .isEqualTo("examplebucket");
        assertThat(permit(registry, OssRequests.put("k", "", "x-oss-tagging: level=open"), CLIENT)
                        .bucket()
                        .name())
                .isEqualTo("examplebucket");
        isDenied(registry, OssRequests.put("k", "", "x-oss-tagging: level=secret"), "explicitly");
        isDenied(registry, OssRequests.put("k", "", "x-oss-copy-source: /examplebucket/other"), "explicitly");
        assertThatThrownBy(() ->
                        permit(registry, OssRequests.put("k", "", "x-oss-tagging: level=open&level=secret"), CLIENT))
                .isInstanceOf(SigningRefusal.class)
                .hasMessageStartingWith("InvalidArgument");
    }

    @Test
    void theClientsNetworkIsKnownWhereItsAddressIsPublic() throws Exception {
        TestRegistry inside = registry(ANYTHING, deny("oss:*", "{'StringLike':{'acs:SourceVpc':'vpc-*'}}"));
        assertThat(permit(inside, OssRequests.get("k", ""), CLIENT).bucket().name())
                .isEqualTo("examplebucket");
        isDenied(
                inside,
                OssRequests.get("k", ""),
                new ClientContext(Client.direct("10.0.0.1", true), CLIENT.userAgent()),
                "explicitly");
        isDenied(
                inside,
                OssRequests.get("k", ""),
                new ClientContext(Client.direct("lambda", true), CLIENT.userAgent()),
                "explicitly");
        isDenied(inside, OssRequests.get("k", ""), new ClientContext(Client.UNKNOWN, CLIENT.userAgent()), "explicitly");
    }

    @Test
    void anUnknownClientMeetsEveryDeny() throws Exception {
        ClientContext unknown = new ClientContext(Client.UNKNOWN, CLIENT.userAgent());
        for (String condition : new String[] {
            "{'IpAddress':{'acs:SourceIp':'198.51.100.0/24'}}",
            "{'NotIpAddress':{'acs:SourceIp':'0.0.0.0/0'}}",
            "{'Bool':{'acs:SecureTransport':'false'}}",
            "{'Bool':{'acs:SecureTransport':'true'}}"
        }) {
            isDenied(registry(ANYTHING, deny("oss:*", condition)), OssRequests.get("k", ""), unknown, "explicitly");
        }
    }

    @Test
    void aBearerHasNoAccessKeyAndNoSecondFactor() throws Exception {
        TestRegistry registry = registry(ANYTHING, deny("oss:*", "{'StringLike':{'acs:AccessId':'*'}}"));
        assertThat(permit(registry, OssRequests.get("k", ""), CLIENT).bucket().name())
                .isEqualTo("examplebucket");
        isDenied(
                registry(ANYTHING, deny("oss:*", "{'Bool':{'acs:MFAPresent':'false'}}")),
                OssRequests.get("k", ""),
                "explicitly");
    }

    @Test
    void treatsKeysThatObjectsLackAsAbsent() throws Exception {
        for (String key : List.of("oss:Prefix", "oss:Delimiter", "oss:x-oss-acl", "oss:x-oss-object-acl")) {
            TestRegistry registry = registry(ANYTHING, deny("oss:*", "{'StringLike':{'" + key + "':'*'}}"));
            assertThat(permit(registry, OssRequests.get("k", ""), CLIENT)
                            .bucket()
                            .name())
                    .as(key)
                    .isEqualTo("examplebucket");
        }
    }

    @Test
    void aBucketPolicysDenyIsFinal() {
        String deny =
                "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"oss:GetObject\",\"Principal\":[\"*\"],"
                        + "\"Resource\":[\"acs:oss:*:*:examplebucket/*\"],\"Condition\":{\"Bool\":{\"acs:SecureTransport\":[\"true\"]}}}]}";
        TestRegistry registry = registry(ANYTHING)
                .bucket(TestRegistry.bucket(
                        "examplebucket", ACCOUNT, Bucket.DEFAULT_ENDPOINT, List.of(), Optional.of(deny)));
        isDenied(registry, OssRequests.get("k", ""), "denies it explicitly");
    }

    @Test
    void anAclGivesNoSignature() {
        Bucket plain =
                TestRegistry.bucket("examplebucket", ACCOUNT, Bucket.DEFAULT_ENDPOINT, List.of(), Optional.empty());
        TestRegistry registry = registry(OWN_FOLDER)
                .bucket(new Bucket(
                        plain.name(),
                        plain.accountId(),
                        plain.region(),
                        io.countersign.oss.Acl.PUBLIC_READ_WRITE,
                        plain.policy(),
                        plain.domains(),
                        plain.signer(),
                        plain.endpoint(),
                        plain.cors(),
                        plain.upstream(),
                        Optional.empty()));
        isDenied(registry, OssRequests.get("k", ""), "no policy");
    }

    @ParameterizedTest
    @CsvSource({"RETIRING", "INACTIVE", "DELETED"})
    void onlyAnActiveKeySigns(KeyStatus status) {
        TestRegistry registry =
                TestRegistry.with(ANYTHING).bucket("examplebucket").signer("LTAI5tSigner", "signer-secret", status);
        assertThatThrownBy(() -> permit(registry, OssRequests.get("k", ""), CLIENT))
                .hasMessageStartingWith("NoSigner");
    }

    @Test
    void aBucketWithoutASignerIsRefused() {
        assertThatThrownBy(() ->
                        permit(TestRegistry.with(ANYTHING).bucket("examplebucket"), OssRequests.get("k", ""), CLIENT))
                .hasMessageStartingWith("NoSigner")
                .hasMessageContaining("register");
    }

    @Test
    void permitsNothingWhileTheStoreIsDown() {
        TestRegistry registry = registry(ANYTHING);
        registry.store().down(true);
        assertThatThrownBy(() -> new SigningAuthority(registry.registry(), new SubjectLimits(Seeds.secure()))
                        .load(java.util.Set.of("examplebucket"), NOW))
                .isInstanceOf(StoreUnavailable.class);
    }
}
