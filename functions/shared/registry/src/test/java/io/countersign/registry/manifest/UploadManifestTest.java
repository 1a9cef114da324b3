package io.countersign.registry.manifest;

import static io.countersign.registry.Fixture.ACCOUNT;
import static io.countersign.registry.Fixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.json.InvalidDocumentException;
import io.countersign.registry.Fixture;
import io.countersign.registry.ReadAhead;
import io.countersign.registry.Upload;
import io.countersign.registry.UploadItem;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.Items;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads, from the manifest to what a reader of the registry sees. */
class UploadManifestTest {
    private static final String AVATAR =
            "name: avatar, bucket: examplebucket, role: mobile-app, key: 'users/${jwt:sub}/avatar-${uuid}${ext}',"
                    + " contentTypes: [image/png, image/jpeg], maxBytes: 2097152, as: put";

    private final Fixture fixture = new Fixture();

    @Test
    void anUploadComesBackWithItsDefaults() throws Exception {
        fixture.apply(with(AVATAR));
        Upload upload = upload("avatar").orElseThrow();
        assertThat(upload.bucket()).isEqualTo("examplebucket");
        assertThat(upload.role()).isEqualTo("mobile-app");
        assertThat(upload.key().text()).isEqualTo("users/${jwt:sub}/avatar-${uuid}${ext}");
        assertThat(upload.contentTypes()).containsExactly("image/png", "image/jpeg");
        assertThat(upload.maxBytes()).isEqualTo(2_097_152);
        assertThat(upload.kind()).isEqualTo(Upload.Kind.PUT);
        assertThat(upload.expiresIn()).isEqualTo(Duration.ofMinutes(10));
        assertThat(upload.callback()).isFalse();
        assertThat(upload("other")).isEmpty();
        assertThat(upload("no/name")).isEmpty();
    }

    @Test
    void aStoredUploadOfAnotherMakingIsRefused() throws Exception {
        fixture.apply(with(AVATAR));
        ItemKey key = UploadItem.key(ACCOUNT, "avatar");
        String payload = fixture.item(key).payload();
        assertThat(UploadItem.text(UploadItem.read(fixture.item(key)))).isEqualTo(payload);
        for (String bad : new String[] {
            payload.replaceFirst("^\\{", "{\"later\":1,"),
            payload.replace("\"put\"", "\"post\""),
            payload.replace("${uuid}", "${filename}"),
            "{}",
            "null"
        }) {
            Item item = Items.of(key, 1, bad, Optional.empty());
            assertThatThrownBy(() -> UploadItem.read(item)).isInstanceOf(InvalidDocumentException.class);
        }
    }

    @Test
    void applyingAgainChangesNothing() throws Exception {
        fixture.apply(with(AVATAR));
        assertThat(fixture.apply(with(AVATAR)).changed()).isFalse();
        assertThat(fixture.apply(with(AVATAR.replace("2097152", "4096"))).updated())
                .containsExactly("upload " + ACCOUNT + "/avatar");
        assertThat(upload("avatar").orElseThrow().maxBytes()).isEqualTo(4096);
    }

    @Test
    void anUnnamedUploadIsReportedAndKeptUntilItIsPruned() throws Exception {
        fixture.apply(with(AVATAR));
        assertThat(fixture.apply(Fixture.golden()).reported()).containsExactly("upload " + ACCOUNT + "/avatar");
        assertThat(upload("avatar")).isPresent();
        assertThat(fixture.prune(Fixture.golden()).removed()).containsExactly("upload " + ACCOUNT + "/avatar");
        assertThat(upload("avatar")).isEmpty();
    }

    @Test
    void typesThatBrowsersRunAreAcceptedByNameOnly() throws Exception {
        fixture.apply(with(AVATAR.replace("[image/png, image/jpeg]", "[text/html, image/svg+xml]")));
        assertThat(upload("avatar").orElseThrow().contentTypes()).containsExactly("text/html", "image/svg+xml");
    }

    @Test
    void aKeyThatIsRetiredVerifiesUntilTheLongestUploadIsOver() {
        String week = with(AVATAR + ", expiresIn: P7D").replace("overlap: P8D", "overlap: P7D");
        assertThatThrownBy(() -> fixture.apply(week))
                .isInstanceOf(ApplyRefusal.class)
                .hasMessageContaining("overlap of the user app-signer");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        bucket: examplebucket                 | bucket: otherbucket2                | no bucket of this account
        bucket: examplebucket                 | bucket: foreignbucket               | no bucket of this account
        bucket: examplebucket                 | bucket: otherbucket                 | has no signer
        role: mobile-app                      | role: nobody                        | no role of this account
        key: 'users/${jwt:sub}/               | key: '/users/                       | no slash at its beginning
        ${uuid}                               | ${filename}                         | ${jwt:claim}, ${uuid}
        [image/png, image/jpeg]               | []                                  | name the types
        [image/png, image/jpeg]               | [image/*]                           | without wildcard
        [image/png, image/jpeg]               | ['*/*']                             | without wildcard
        [image/png, image/jpeg]               | [image/PNG]                         | in lower case
        [image/png, image/jpeg]               | ['text/plain; charset=utf-8']       | without wildcard and parameters
        [image/png, image/jpeg]               | [image/png, image/png]              | duplicated
        maxBytes: 2097152                     | maxBytes: 0                         | from 1 to 5368709120
        maxBytes: 2097152                     | maxBytes: 5368709121                | from 1 to 5368709120
        as: put                               | as: post                            | put, form or multipart
        as: put                               | as: put, partBytes: 8388608         | has parts
        as: put                               | as: multipart, partBytes: 102399    | from 102400 to 5368709120
        maxBytes: 2097152, as: put            | maxBytes: 102400001, as: multipart, partBytes: 102400 | partBytes at least 102401
        maxBytes: 2097152, as: put            | maxBytes: 10000000000, as: multipart | partBytes at least 10000000
        as: put                               | as: put, callback: true, expiresIn: PT11H1S | expiresIn at most PT11H
        as: put                               | as: multipart, callback: true, expiresIn: PT12H | expiresIn at most PT11H
        as: put                               | as: put, expiresIn: P8D             | from PT1S to PT168H
        as: put                               | as: multipart, expiresIn: PT12H1S   | from PT1S to PT12H
        as: put                               | as: put, expiresIn: PT0S            | from PT1S to PT168H
        as: put                               | as: put, expiresIn: PT1.5S          | in whole seconds
        as: put                               | as: put, callback: 1                | true or false
        as: put                               | as: put, acl: private               | not known
        name: avatar                          | name: 'a/b'                         | an upload name
        """)
    void anUploadThatDoesNotFitIsRefused(String part, String other, String message) {
        String bad = AVATAR.replace(part, other);
        assertThat(bad).isNotEqualTo(AVATAR);
        assertThatThrownBy(() -> Manifest.parse(with(bad)))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("accounts[0].uploads[0]");
    }

    @Test
    void aThousandPartsAndElevenHoursWithACallbackAreTheMost() throws Exception {
        fixture.apply(with(AVATAR.replace(
                "maxBytes: 2097152, as: put",
                "maxBytes: 102400000, as: multipart, partBytes: 102400, callback: true, expiresIn: PT11H")));
        assertThat(upload("avatar").orElseThrow().maxBytes()).isEqualTo(102_400_000);
    }

    @Test
    void namesAreUniqueInTheirAccount() {
        assertThatThrownBy(() -> Manifest.parse(with(AVATAR + "}\n      - {" + AVATAR)))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining("the upload avatar of the account " + ACCOUNT);
    }

    @Test
    void theSubjectsOfTwoProvidersDoNotShareAKey() throws Exception {
        String two = with(AVATAR.replace("${jwt:sub}", "all"))
                .replace(
                        "oidc-provider/demo\"]",
                        "oidc-provider/demo\", \"acs:ram::" + ACCOUNT + ":oidc-provider/remote\"]")
                .replace("users/${jwt:sub}/*\"}", "users/*\"}");
        Manifest.parse(two);
        assertThatThrownBy(() -> Manifest.parse(two.replace("users/all/", "users/${jwt:sub}/")))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining("sharedSubjects: true");
    }

    @Test
    void aRoleThatAppUsersGetElsewhereIsNoted() throws Exception {
        assertThat(notes(Fixture.golden())).isEmpty();
        assertThat(notes(with(AVATAR)))
                .singleElement()
                .asString()
                .contains("roles[0]: uploads use the role mobile-app", "add faces: [uploads]");
        assertThat(notes(facing(with(AVATAR), "[uploads, presign]"))).isEmpty();
        // Nobody but RAM users assumes it.
        String ofUsers = with(AVATAR.replace("${jwt:sub}", "all"))
                .replace(
                        "Federated: [\"acs:ram::" + ACCOUNT + ":oidc-provider/demo\"]",
                        "RAM: [\"acs:ram::" + ACCOUNT + ":root\"]");
        assertThat(ofUsers).contains("RAM: [");
        assertThat(notes(ofUsers)).isEmpty();
    }

    @Test
    void aDefaultRoleThatNoFaceTakesIsNoted() throws Exception {
        for (String closed : new String[] {"[uploads]", "[sts]", "[sts, uploads]"}) {
            assertThat(notes(facing(Fixture.golden(), closed)))
                    .as(closed)
                    .singleElement()
                    .asString()
                    .contains("oidcProviders[0]", "the defaultRole mobile-app");
        }
        for (String open : new String[] {"[token]", "[presign]", "[post-policy]", "[sign-content]"}) {
            assertThat(notes(facing(Fixture.golden(), open))).as(open).isEmpty();
        }
    }

    @Test
    void aRoleThatUploadsMayNotUseIsRefused() {
        assertThatThrownBy(() -> Manifest.parse(facing(with(AVATAR), "[token, presign]")))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining("uploads[0]")
                .hasMessageContaining("add uploads to them");
    }

    private static String s3() {
        String behind =
                "upstream: {protocol: s3, endpoint: 'https://s3.example.com', region: us-east-1, bucket: physical,"
                        + " accessKey: {id: FOREIGNKEY, secret: foreignSecretForeignSecret}}";
        String s3 = Fixture.golden()
                .replace("        signer: app-signer\n", "        signer: app-signer\n        " + behind + "\n");
        assertThat(s3).isNotEqualTo(Fixture.golden());
        return s3;
    }

    @ParameterizedTest
    @ValueSource(strings = {"users/${jwt:sub}//${uuid}${ext}", "users/${jwt:sub}/"})
    void aStoreThatMayFoldTheKeyTakesNoUploadOfIt(String key) throws Exception {
        String upload = AVATAR.replace("users/${jwt:sub}/avatar-${uuid}${ext}", key);
        assertThatThrownBy(() -> Manifest.parse(inserted(s3(), upload)))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining("uploads[0]")
                .hasMessageContaining("neither begins nor ends with a slash");
        Manifest.parse(inserted(s3().replace("bucket: physical,", "bucket: physical, flatNamespace: true,"), upload));
        Manifest.parse(with(upload));
    }

    /** Whether the last segment is empty is not known before the file is. */
    @Test
    void aStoreThatMayFoldTheKeyTakesOneThatMayBeKept() throws Exception {
        Manifest.parse(inserted(s3(), AVATAR));
        Manifest.parse(inserted(s3(), AVATAR.replace("avatar-${uuid}${ext}", "${ext}")));
    }

    @Test
    void aStoreBehindMakesNoCallbacksAndTakesNoSmallParts() {
        String s3 = s3();
        assertThatThrownBy(() -> Manifest.parse(inserted(s3, AVATAR + ", callback: true")))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining("makes no callbacks");
        assertThatThrownBy(() ->
                        Manifest.parse(inserted(s3, AVATAR.replace("as: put", "as: multipart, partBytes: 5242879"))))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining("5242880");
    }

    private List<String> notes(String manifest) throws Exception {
        return fixture.apply(manifest).notes().stream()
                .map(note -> note.at().path() + ": " + note.text())
                .toList();
    }

    private static String facing(String manifest, String faces) {
        String plain = "        authority: registry\n    oidcProviders:";
        assertThat(manifest).contains(plain);
        return manifest.replace(plain, "        faces: " + faces + "\n    oidcProviders:");
    }

    private Optional<Upload> upload(String name) throws StoreUnavailable {
        return fixture.registry().upload(ACCOUNT, name, ReadAhead.NOTHING, NOW);
    }

    private static String with(String upload) {
        return inserted(Fixture.golden(), upload);
    }

    private static String inserted(String manifest, String upload) {
        int first = manifest.indexOf("    users:\n");
        return manifest.substring(0, first) + "    uploads:\n      - {" + upload + "}\n" + manifest.substring(first);
    }
}
