package io.countersign.registry.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Values;
import io.countersign.oss.Acl;
import io.countersign.registry.Authority;
import io.countersign.registry.Bucket;
import io.countersign.registry.Fixture;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.OidcProvider;
import io.countersign.registry.RamUser;
import io.countersign.registry.Role;
import io.countersign.registry.RoleFaces;
import io.countersign.registry.RoleLimits;
import java.net.URI;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestTest {
    @Test
    void theDesignsManifestIsRead() throws InvalidDocumentException {
        Manifest manifest = Manifest.parse(Fixture.golden());
        Manifest.ManifestAccount account = manifest.accounts().getFirst();
        assertThat(manifest.accounts())
                .extracting(Manifest.ManifestAccount::id)
                .containsExactly("1234567890123456", "42");
        assertThat(account.accessKeys())
                .extracting(Manifest.ManifestKey::status)
                .containsExactly(KeyStatus.ACTIVE, KeyStatus.INACTIVE);
        Manifest.ManifestUser signer = account.users().getFirst();
        assertThat(signer.rotation()).isEqualTo(RamUser.RotationRule.DEFAULT);
        assertThat(signer.accessKeys().getFirst().secret().orElseThrow().reveal())
                .isEqualTo("signerSecretsignerSecretsigner");
        assertThat(account.users().get(1).authority()).isEqualTo(Authority.RAM);
        assertThat(account.users().get(1).rotation()).isEqualTo(RamUser.RotationRule.DEFAULT);
        Manifest.ManifestRole role = account.roles().getFirst();
        assertThat(role.maxSessionDuration()).isEqualTo(Duration.ofHours(1));
        assertThat(role.policies().getFirst().variables()).hasSize(1);
        assertThat(account.providers().get(1).record().jwks())
                .isEqualTo(new OidcProvider.JwksSource.At(URI.create("https://other.example/.well-known/jwks.json")));
        Manifest.ManifestBucket bucket = account.buckets().getFirst();
        assertThat(bucket.record().endpoint()).isEqualTo("https://{bucket}.oss-{region}.aliyuncs.com");
        assertThat(bucket.record().cors().getFirst().maxAgeSeconds()).hasValue(600);
        assertThat(bucket.objectAcls()).containsEntry("public/readme.txt", Acl.PUBLIC_READ);
        assertThat(account.buckets().get(1).record().acl()).isEqualTo(Acl.PRIVATE);
        assertThat(account.buckets().get(1).record().endpoint()).isEqualTo(Bucket.DEFAULT_ENDPOINT);
    }

    @Test
    void jsonIsYaml() throws InvalidDocumentException {
        Manifest manifest =
                Manifest.parse("{\"accounts\":[{\"id\":\"42\",\"users\":[{\"name\":\"u\",\"accessKeys\":[{}]}]}]}");
        Manifest.ManifestKey key =
                manifest.accounts().getFirst().users().getFirst().accessKeys().getFirst();
        assertThat(key.id()).isEmpty();
        assertThat(key.secret()).isEmpty();
        assertThat(key.status()).isEqualTo(KeyStatus.ACTIVE);
    }

    @Test
    void halfASurrogatePairIsNoCharacter() {
        String text = "accounts: [{id: \"42\", users: [{name: \"u\\ud800\"}]}]";
        assertThatThrownBy(() -> Manifest.parse(text))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining("half of a surrogate pair")
                .hasMessageContaining("accounts[0].users[0].name");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            uid: 20214760404935  | put it in quotes      | accounts[0].users[0].uid, line 1
            uid: "2021xxx"       | the user's UID in RAM | accounts[0].users[0].uid
            uid: ""              | 1 to 32 digits        | accounts[0].users[0].uid
            uid: "7"             | the id 7 is used here | accounts[0].users[0], line 1
            uid: "8"             | the id 8 is used here | accounts[1], line 1
            uid: "9"             | the id 9 is used here | accounts[1].users[0], line 1
            """)
    void requiresAUniqueNumericUid(String uid, String problem, String place) {
        String text = "accounts: [{id: \"7\", users: [{name: ada, " + uid
                + "}]}, {id: \"8\", users: [{name: ada, uid: \"9\"}]}]";
        assertThatThrownBy(() -> Manifest.parse(text))
                .isInstanceOfSatisfying(InvalidDocumentException.class, refusal -> {
                    assertThat(refusal.problem()).contains(problem);
                    assertThat(refusal.location() + ", line "
                                    + refusal.location().line())
                            .contains(place);
                });
    }

    /** In the design's manifest, what is replaced by what, and what the refusal names. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            id: "1234567890123456"                | id: 1234567890123456              | put it in quotes        | accounts[0].id, line 2
            id: "1234567890123456"                | id: "12a"                         | account id              | accounts[0].id, line 2
            id: "42"                              | id: "1234567890123456"            | use it once             | accounts[1], line 73
            status: Inactive                      | status: Retiring                  | Active or Inactive      | accounts[0].accessKeys[1].status, line 5
            status: Inactive                      | status: Inactive, state: x        | not known               | accounts[0].accessKeys[1].state
            LTAI5tOldRootOldRootOldR              | STS.abc                           | not beginning with STS. | accounts[0].accessKeys[1].id
            LTAI5tOldRootOldRootOldR              | L                                 | access key id           | accounts[0].accessKeys[1].id
            LTAI5tOldRootOldRootOldR              | "L T"                             | access key id           | accounts[0].accessKeys[1].id
            LTAI5tOldRootOldRootOldR              | LTAI5tSignerSignerSigner          | use it once             | users[0].accessKeys[0], line 9
            id: LTAI5tOldRootOldRootOldR,         |                                   | has no access key id    | accounts[0].accessKeys[1]
            "oldSecretoldSecretoldSecretold"      | ""                                | 1 to 128 printable      | accounts[0].accessKeys[1].secret
            "oldSecretoldSecretoldSecretold"      | "trailing "                       | 1 to 128 printable      | accounts[0].accessKeys[1].secret
            "oldSecretoldSecretoldSecretold"      | "tab\\there"                      | 1 to 128 printable      | accounts[0].accessKeys[1].secret
            "oldSecretoldSecretoldSecretold"      | "sécret"                          | 1 to 128 printable      | accounts[0].accessKeys[1].secret
            - name: reader                        | - name: app-signer                | use it once             | accounts[0].users[1]
            - name: reader                        | - name: "a/b"                     | user name               | accounts[0].users[1].name
            - name: reader                        | - nome: reader                    | "name" is missing       | accounts[0].users[1]
            every: P90D                           | every: 90d                        | P90D or PT1H            | accounts[0].users[0].rotation.every
            every: P90D                           | every: P90000D                    | P90D or PT1H            | accounts[0].users[0].rotation.every
            every: P90D                           | every: PT0S                       | P90D or PT1H            | accounts[0].users[0].rotation.every
            every: P90D                           | each: P90D                        | not known               | accounts[0].users[0].rotation.each
            authority: ram                        | authority: sts                    | registry or ram         | accounts[0].users[1].authority
            maxSessionDuration: PT1H              | maxSessionDuration: PT13H         | from PT15M to PT12H     | accounts[0].roles[0].maxSessionDuration
            maxSessionDuration: PT1H              | maxSessionDuration: PT14M59S      | from PT15M to PT12H     | accounts[0].roles[0].maxSessionDuration
            defaultRole: mobile-app               | defaultRole: nobody               | no role of this account | accounts[0].oidcProviders[0]
            clientIds: [app, app-beta]            | clientIds: []                     | at least one            | accounts[0].oidcProviders[0]
            clientIds: [app, app-beta]            | clientIds: [app, app]             | is duplicated           | accounts[0].oidcProviders[0].clientIds[1]
            issuer: "https://other.example"       | issuer: "https://idp.example"     | use it once             | accounts[0].oidcProviders[1]
            - name: remote                        | - name: demo                      | use it once             | accounts[0].oidcProviders[1]
            kid: "1"                              | kid: "1", d: secret               | private key             | accounts[0].oidcProviders[0].jwks.keys[0]
            jwksUri: "https://other.example/.well-known/jwks.json" | jwksUri: "http://other.example/jwks" | https  | accounts[0].oidcProviders[1].jwksUri
            jwksUri: "https://other.example/.well-known/jwks.json" | jwksUri: "https://u:p@other.example/jwks" | https | accounts[0].oidcProviders[1].jwksUri
            jwksUri: "https://other.example/.well-known/jwks.json" | jwksUri: "not a uri" | https                   | accounts[0].oidcProviders[1].jwksUri
            jwksUri: "https://other.example/.well-known/jwks.json" | allowQueryToken: true | either "jwks" or "jwksUri" | accounts[0].oidcProviders[1]
            name: otherbucket                     | name: examplebucket               | use it once             | accounts[0].buckets[1]
            name: otherbucket                     | name: foreignbucket               | use it once             | accounts[1].buckets[0]
            name: otherbucket                     | name: Other_Bucket                | bucket name             | accounts[0].buckets[1].name
            name: otherbucket, region: cn-beijing | name: otherbucket                 | "region" is missing     | accounts[0].buckets[1]
            region: cn-beijing                    | region: oss-cn-beijing            | without prefix          | accounts[0].buckets[1].region
            region: cn-beijing                    | region: cn-beijing, acl: default  | private, public-read    | accounts[0].buckets[1].acl
            region: cn-beijing                    | region: cn-beijing, domains: [img.example.com] | use it once| accounts[0].buckets[1]
            domains: [img.example.com]            | domains: [IMG.example.com]        | lower case              | accounts[0].buckets[0].domains[0]
            domains: [img.example.com]            | domains: ["img.example.com:80"]   | lower case              | accounts[0].buckets[0].domains[0]
            signer: app-signer                    | signer: nobody                    | no user of this account | accounts[0].buckets[0]
            readme.txt, acl: public-read}         | readme.txt, acl: default}                   | has no entry            | accounts[0].buckets[0].objectAcls[0].acl
            key: public/readme.txt                | key: ""                           | object key              | accounts[0].buckets[0].objectAcls[0].key
            oss-{region}.aliyuncs.com             | oss.example/path                  | {bucket} and {region}   | accounts[0].buckets[0].endpoint
            allowedMethods: [GET, PUT]            | allowedMethods: [PATCH]           | GET, PUT, DELETE        | accounts[0].buckets[0].cors[0].allowedMethods[0]
            allowedOrigins: ["https://app.example", "https://*.example.com"] | allowedOrigins: ["*.*"] | at most one * | accounts[0].buckets[0].cors[0].allowedOrigins[0]
            exposeHeaders: [ETag]                 | exposedHeaders: [ETag] | not known | accounts[0].buckets[0].cors[0].exposedHeaders
            maxAgeSeconds: 600                    | maxAgeSeconds: -1                 | whole number            | accounts[0].buckets[0].cors[0].maxAgeSeconds
            Action: [oss:GetObject, oss:PutObject] | Aktion: x                        |                         | accounts[0].users[0].policies[0].Statement[0]
            acs:oss:*:*:examplebucket/shared/*    | "acs:oss:*:*:b/${jwt:sub}"        |                         | accounts[0].buckets[0].policy.Statement[0].Resource
            Action: sts:AssumeRole                | Action: sts:Nothing               |                         | accounts[0].roles[0].trust.Statement[0].Action
            """)
    void refusesAMistakeByPlaceAndReason(String good, String bad, String problem, String place) {
        String text = Fixture.golden();
        assertThat(text).contains(good);
        String manifest = replaceLast(text, good, bad == null ? "" : bad);
        assertThatThrownBy(() -> Manifest.parse(manifest))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining(problem == null ? "" : problem)
                .hasMessageContaining(place)
                .hasMessageNotContaining("oldSecret");
    }

    @Test
    void aRoleOfTwoProvidersSaysThatTheirSubjectsAreOne() throws Exception {
        String one = "\"acs:ram::1234567890123456:oidc-provider/demo\"]";
        String two = one.replace("]", ", " + one.replace("demo", "web"));
        String golden = Fixture.golden();
        assertThat(golden).contains(one, "${jwt:sub}");
        Manifest.ManifestRole role = role(golden);
        assertThat(role.sharedSubjects()).isFalse();
        assertThat(role.naming()).isEqualTo(Role.SessionNaming.SUBJECT);
        assertThatThrownBy(() -> role(golden.replace(one, two)))
                .hasMessageContaining("accounts[0].roles[0]")
                .hasMessageContaining("sharedSubjects: true");
        String shared = golden.replace(one, two)
                .replace(
                        "        authority: registry\n    oidcProviders:",
                        "        sharedSubjects: true\n    oidcProviders:");
        assertThat(role(shared).trust().providersOf("1234567890123456")).isEqualTo(2);
        // No caller comes by another account's provider, or by SAML.
        assertThat(role(golden.replace(one, two.replace("3456:oidc-provider/web", "3457:oidc-provider/web")))
                        .sharedSubjects())
                .isFalse();
        assertThat(role(golden.replace(one, two.replace("oidc-provider/web", "saml-provider/web")))
                        .sharedSubjects())
                .isFalse();
        assertThat(role(golden.replace(one, two).replace("${jwt:sub}", "all")).sharedSubjects())
                .isFalse();
        String caller = golden.replace(
                "        authority: registry\n    oidcProviders:", "        sessionName: caller\n    oidcProviders:");
        assertThat(role(caller).naming()).isEqualTo(Role.SessionNaming.CALLER);
        assertThatThrownBy(() -> role(caller.replace("sessionName: caller", "sessionName: sub")))
                .hasMessageContaining("expected subject or caller");
    }

    @Test
    void aRoleMayHaveLimits() throws Exception {
        String golden = Fixture.golden();
        assertThat(role(golden).limits()).isEqualTo(RoleLimits.NONE);
        String plain = "        authority: registry\n    oidcProviders:";
        String limits = "        limits: {sessionsPerMinute: 6, signaturesPerMinute: 120}\n    oidcProviders:";
        String limited = golden.replace(plain, limits);
        assertThat(role(limited).limits()).isEqualTo(new RoleLimits(OptionalInt.of(6), OptionalInt.of(120)));
        assertThat(role(limited.replace("sessionsPerMinute: 6, ", "")).limits())
                .isEqualTo(new RoleLimits(OptionalInt.empty(), OptionalInt.of(120)));
        String[][] wrong = {
            {"{sessionsPerMinute: 0}", "sessionsPerMinute"},
            {"{signaturesPerMinute: 100001}", "100000"},
            {"{signaturesPerMinute: \"6\"}", "signaturesPerMinute"},
            {"{signaturesPerHour: 6}", "signaturesPerHour"},
            {"{}", "limits nothing"},
            {"6", "limits"}
        };
        for (String[] one : wrong) {
            String manifest = limited.replace("{sessionsPerMinute: 6, signaturesPerMinute: 120}", one[0]);
            assertThatThrownBy(() -> role(manifest)).as(one[0]).hasMessageContaining(one[1]);
        }
    }

    @Test
    void aRoleMayNameItsFaces() throws Exception {
        String golden = Fixture.golden();
        assertThat(role(golden).faces()).isEqualTo(RoleFaces.ALL);
        assertThat(RoleFaces.ALL.include(RoleFaces.Face.STS)).isTrue();
        String plain = "        authority: registry\n    oidcProviders:";
        String faced = golden.replace(plain, "        faces: [uploads, post-policy]\n    oidcProviders:");
        RoleFaces faces = role(faced).faces();
        assertThat(RoleFaces.texts(faces.named().orElseThrow())).containsExactly("post-policy", "uploads");
        for (RoleFaces.Face face : RoleFaces.Face.values()) {
            assertThat(faces.include(face))
                    .as(face.text())
                    .isEqualTo(face == RoleFaces.Face.UPLOADS || face == RoleFaces.Face.POST_POLICY);
        }
        assertThat(faces.makeSessions()).isFalse();
        String[][] wrong = {
            {"[]", "the list is empty"},
            {"[upload]", "expected token, sts, presign, post-policy, sign-content, uploads"},
            {"[/uploads]", "expected token"},
            {"[UPLOADS]", "expected token"},
            {"[uploads, verify]", "expected token"},
            {"[uploads, uploads]", "duplicated"},
            {"[1]", "a string"},
            {"uploads", "an array"},
            {"{}", "an array"}
        };
        for (String[] one : wrong) {
            String manifest = faced.replace("[uploads, post-policy]", one[0]);
            assertThatThrownBy(() -> role(manifest))
                    .as(one[0])
                    .hasMessageContaining(one[1])
                    .hasMessageContaining("roles[0].faces");
        }
    }

    @Test
    void aBucketMayRefuseOlderSignaturesFromADayOn() throws Exception {
        String plain = "buckets: [{name: abc, region: cn-hangzhou%s}]";
        String[][] good = {
            {"", "Optional.empty"},
            {", minimumSignatureVersion: V4", "Optional[SignatureFloor[minimum=V4, from=Optional.empty]]"},
            {
                ", minimumSignatureVersion: V4, minimumSignatureVersionFrom: 2027-01-01",
                "Optional[SignatureFloor[minimum=V4, from=Optional[2027-01-01T00:00:00Z]]]"
            },
            {
                ", minimumSignatureVersion: V4, minimumSignatureVersionFrom: \"2027-01-01T08:30:00Z\"",
                "Optional[SignatureFloor[minimum=V4, from=Optional[2027-01-01T08:30:00Z]]]"
            }
        };
        for (String[] one : good) {
            assertThat(bucket(plain.formatted(one[0])).signatureFloor()).hasToString(one[1]);
        }
        String[][] bad = {
            {", minimumSignatureVersion: V2", "expected V4"},
            {", minimumSignatureVersion: v4", "expected V4"},
            {", minimumSignatureVersionFrom: 2027-01-01", "minimumSignatureVersion: V4"},
            {", minimumSignatureVersion: V4, minimumSignatureVersionFrom: 2027-13-01", "2027-01-01"},
            {", minimumSignatureVersion: V4, minimumSignatureVersionFrom: \"2027-01-01T08:30\"", "2027-01-01"}
        };
        for (String[] one : bad) {
            assertThatThrownBy(() -> bucket(plain.formatted(one[0]))).as(one[0]).hasMessageContaining(one[1]);
        }
    }

    private static Bucket bucket(String text) throws InvalidDocumentException {
        return Manifest.parse("accounts: [{id: \"1234567890123456\", " + text + "}]")
                .accounts()
                .getFirst()
                .buckets()
                .getFirst()
                .record();
    }

    private static Manifest.ManifestRole role(String manifest) throws InvalidDocumentException {
        return Manifest.parse(manifest).accounts().getFirst().roles().getFirst();
    }

    @Test
    void aRoleOfAlibabaCloudsStsHasASigner() throws Exception {
        String registry = "        authority: registry\n    oidcProviders:";
        String sts = "        authority: sts\n    oidcProviders:";
        String golden = Fixture.golden();
        assertThat(golden).contains(registry);
        Manifest.ManifestRole role = Manifest.parse(golden.replace(registry, signed(sts)))
                .accounts()
                .getFirst()
                .roles()
                .getFirst();
        assertThat(role.authority()).isEqualTo(Authority.STS);
        assertThat(role.signer()).contains("app-signer");
        assertThatThrownBy(() -> Manifest.parse(golden.replace(registry, sts)))
                .hasMessageContaining("needs a signer")
                .hasMessageContaining("accounts[0].roles[0]");
        assertThatThrownBy(() -> Manifest.parse(golden.replace(registry, signed(registry))))
                .hasMessageContaining("only a role whose authority is sts")
                .hasMessageContaining("accounts[0].roles[0]");
        assertThatThrownBy(() ->
                        Manifest.parse(golden.replace(registry, signed(sts).replace("app-signer", "nobody"))))
                .hasMessageContaining("no user of this account")
                .hasMessageContaining("accounts[0].roles[0]");
    }

    private static String signed(String roleAndNext) {
        return "        signer: app-signer\n" + roleAndNext;
    }

    @Test
    void theDocumentHoldsAccountsAndNothingElse() {
        assertThatThrownBy(() -> Manifest.parse("users: []"))
                .hasMessageContaining("\"accounts\" is missing")
                .hasMessageContaining("line 1");
        assertThatThrownBy(() -> Manifest.parse("accounts: []\nusers: []"))
                .hasMessageContaining("not known")
                .hasMessageContaining("line 2");
        assertThatThrownBy(() -> Manifest.parse("accounts: null")).hasMessageContaining("found null");
    }

    @Test
    void moreKeysThanAPairLimitAreRefused() {
        assertThatThrownBy(() -> Manifest.parse("accounts: [{id: \"1\", accessKeys: [{},{},{},{},{},{}]}]"))
                .hasMessageContaining("more than 5");
        assertThatThrownBy(() -> Manifest.parse("accounts: [{id: \"1\", users: [{name: u, accessKeys: [{},{},{}]}]}]"))
                .hasMessageContaining("more than 2");
    }

    @Test
    void anchorsAliasesAndTagsAreRefused() {
        for (String yaml : new String[] {
            "accounts: &a []",
            "accounts: *a",
            "a: &a [x]\naccounts: [*a, *a]",
            "&k accounts: []",
            "accounts: !!seq []",
            "? *a\n: []",
            "accounts: [{<<: *a}]"
        }) {
            assertThatThrownBy(() -> Manifest.parse(yaml)).as(yaml).isInstanceOf(InvalidDocumentException.class);
        }
    }

    @Test
    void aSecondMemberOfOneNameIsRefused() {
        assertThatThrownBy(() -> Manifest.parse("accounts: []\naccounts: []"))
                .hasMessageContaining("duplicated")
                .hasMessageContaining("line 2");
    }

    @Test
    void onlyOneDocumentIsAccepted() {
        assertThatThrownBy(() -> Manifest.parse("accounts: []\n---\naccounts: []"))
                .isInstanceOf(InvalidDocumentException.class);
        assertThatThrownBy(() -> Manifest.parse("")).hasMessageContaining("empty");
        assertThatThrownBy(() -> Manifest.parse("accounts: [")).hasMessageContaining("cannot be parsed");
        assertThatThrownBy(() -> Manifest.parse("accounts: [}\n")).hasMessageContaining("cannot be parsed");
    }

    @ParameterizedTest
    @CsvSource({
        // A tab, a line that is indented too little, no end of the quotes, a second colon, a character that begins no
        // value, a name without a colon, a bracket that does not belong
        "'accounts:\n  - id: \"1\"\n\tusers: []\n', 3, 1",
        "'accounts:\n  - id: \"1\"\n   users: []\n', 3, 4",
        "'accounts:\n  - id: \"1\n    users: []\n', 4, 1",
        "'accounts:\n  - id: a: b\n', 2, 10",
        "'accounts:\n  - id: @x\n', 2, 9",
        "'accounts\n  - id: x\n', 2, 7",
        "'{\"accounts\": [}', 1, 15",
        "'? [a, b]\n: c\n', 1, 4"
    })
    void whatIsNoYamlIsRefusedWithItsPlace(String text, int line, int column) {
        assertThatThrownBy(() -> Manifest.parse(text))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining("the YAML cannot be parsed at column " + column + ";")
                .hasMessageContaining("indentation (spaces, no tabs)")
                .hasMessageContaining("line " + line + ")");
    }

    @ParameterizedTest
    @CsvSource({
        "'accounts:\n', 'expected an array, found null (at accounts, line 1)'",
        "'accounts:\n  -\n', 'expected an object, found null (at accounts[0], line 2)'",
        "'accounts:\n  - id:\n', 'expected a string, found null (at accounts[0].id, line 2)'",
        "'accounts: \"\"\n', 'expected an array, found a string (at accounts, line 1)'"
    })
    void aNameWithoutAValueIsNoText(String text, String problem) {
        assertThatThrownBy(() -> Manifest.parse(text)).hasMessage(problem);
    }

    @Test
    void depthAndLengthAreBounded() {
        assertThatThrownBy(() -> Manifest.parse("accounts: " + "[".repeat(10_000)))
                .isInstanceOf(InvalidDocumentException.class);
        assertThatThrownBy(() -> Manifest.parse(
                        "accounts: " + "[".repeat(Values.MAX_DEPTH + 1) + "]".repeat(Values.MAX_DEPTH + 1)))
                .isInstanceOf(InvalidDocumentException.class);
        assertThatThrownBy(() -> Manifest.parse("#" + " ".repeat(Manifest.MAX_LENGTH) + "\naccounts: []"))
                .hasMessageContaining("longer than");
    }

    @Test
    void nearlyTheWholeLengthIsAccepted() throws InvalidDocumentException {
        String comment = "#" + "x".repeat(99) + "\n";
        assertThat(Manifest.parse(comment.repeat(41_000) + "accounts: []").accounts())
                .isEmpty();
    }

    private static String replaceLast(String text, String what, String by) {
        int at = text.lastIndexOf(what);
        return text.substring(0, at) + by + text.substring(at + what.length());
    }
}
